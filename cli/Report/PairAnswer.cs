using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>
/// What the lake knows of one pair: a measurement, a simulation, a prediction, or several of them. Halves stand in the order of <see cref="Pair"/>.
/// </summary>
/// <param name="Pair">The pair.</param>
/// <param name="Measured">Its measured score; null when it was never measured.</param>
/// <param name="Simulated">Its simulated score; null when it was not simulated.</param>
/// <param name="Predicted">Its predicted score; null when none was made.</param>
public sealed record PairAnswer(WorkloadPair Pair, PairScoreRow? Measured, PairSimulation? Simulated, PredictionRow? Predicted)
{
    /// <summary>The tables that answers are made from.</summary>
    public static IReadOnlyList<Table> Reads { get; } = [Table.Of<PairScoreRow>(), .. PairSimulation.Reads, Table.Of<PredictionRow>()];

    /// <summary>Combined score: measured where it was, else predicted, else simulated.</summary>
    public double Combined => Measured?.CombinedMean ?? Predicted?.Combined ?? Simulated!.Combined;

    /// <summary>T / B of the first workload of the pair, from the same source as <see cref="Combined"/>.</summary>
    public double ScoreA => Half(first: true);

    /// <summary>T / B of the second workload of the pair.</summary>
    public double ScoreB => Half(first: false);

    /// <summary>Simulated minus measured; null unless both are known.</summary>
    public double? Difference => Simulated?.Combined - Measured?.CombinedMean;

    /// <summary>One line for people: the measured mean and spread, else the prediction with its interval, else the simulation.</summary>
    public string Summary => Measured switch
    {
        null => PredictionSummary ?? Simulated!.Summary,
        { CombinedSd: null } => $"measured {Show.Number(Measured.CombinedMean)}, one run",
        _ => $"measured {Show.Number(Measured.CombinedMean)} ± {Show.Number(Measured.CombinedSd)}, {Show.Count(Measured.Runs, "run")}",
    };

    /// <summary>The prediction with its interval; null when none was made.</summary>
    public string? PredictionSummary => Predicted is null
        ? null
        : $"predicted {Show.Number(Predicted.Combined)}, {Show.Level(Predicted.Level)} interval "
            + $"{Show.Number(Predicted.Low)} to {Show.Number(Predicted.High)}{(Predicted.Extrapolates ? ", extrapolates" : "")}";

    /// <summary>Every pair that was measured, simulated or predicted, in order of names.</summary>
    public static IReadOnlyList<PairAnswer> All(ReportTables tables)
    {
        Dictionary<WorkloadPair, PairScoreRow> measured = tables.PairScores
            .DistinctBy(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB)).ToDictionary(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB));
        Dictionary<WorkloadPair, PredictionRow> predicted = tables.Predictions
            .DistinctBy(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB)).ToDictionary(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB));
        IReadOnlyDictionary<WorkloadPair, PairSimulation> simulated = PairSimulation.All(tables);
        return
        [
            .. measured.Keys.Union(predicted.Keys).Union(simulated.Keys).Order()
                .Select(pair => new PairAnswer(
                    pair, measured.GetValueOrDefault(pair), simulated.GetValueOrDefault(pair), predicted.GetValueOrDefault(pair))),
        ];
    }

    private double Half(bool first)
    {
        if (Measured is null && Predicted is null)
            return first ? Simulated!.ScoreA : Simulated!.ScoreB;
        (string a, string b, double scoreA, double scoreB) = Measured is { } m
            ? (m.WorkloadA, m.WorkloadB, m.ScoreAMean, m.ScoreBMean)
            : (Predicted!.WorkloadA, Predicted.WorkloadB, Predicted.ScoreA, Predicted.ScoreB);
        return first == WorkloadPair.IsSwapped(a, b) ? scoreB : scoreA;
    }
}
