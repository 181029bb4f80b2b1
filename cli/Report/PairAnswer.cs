using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>What the lake knows of one pair: a measurement, a prediction, or both. Halves stand in the order of <see cref="Pair"/>.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Measured">Its measured score; null when it was never measured.</param>
/// <param name="Predicted">Its predicted score; null when none was made.</param>
public sealed record PairAnswer(WorkloadPair Pair, PairScoreRow? Measured, PredictionRow? Predicted)
{
    /// <summary>The tables that answers are made from.</summary>
    public static IReadOnlyList<Table> Reads { get; } = [Table.Of<PairScoreRow>(), Table.Of<PredictionRow>()];

    /// <summary>Combined score: measured where it was, else predicted.</summary>
    public double Combined => Measured?.CombinedMean ?? Predicted!.Combined;

    /// <summary>T / B of the first workload of the pair, from the same source as <see cref="Combined"/>.</summary>
    public double ScoreA => Half(first: true);

    /// <summary>T / B of the second workload of the pair.</summary>
    public double ScoreB => Half(first: false);

    /// <summary>One line for people: the measured mean and spread, else the prediction with its interval.</summary>
    public string Summary => Measured switch
    {
        null => PredictionSummary!,
        { CombinedSd: null } => $"measured {Show.Number(Measured.CombinedMean)}, one run",
        _ => $"measured {Show.Number(Measured.CombinedMean)} ± {Show.Number(Measured.CombinedSd)}, {Show.Count(Measured.Runs, "run")}",
    };

    /// <summary>The prediction with its interval; null when none was made.</summary>
    public string? PredictionSummary => Predicted is null
        ? null
        : $"predicted {Show.Number(Predicted.Combined)}, {Show.Level(Predicted.Level)} interval "
            + $"{Show.Number(Predicted.Low)} to {Show.Number(Predicted.High)}{(Predicted.Extrapolates ? ", extrapolates" : "")}";

    /// <summary>Every pair that was measured or predicted, in order of names.</summary>
    public static IReadOnlyList<PairAnswer> All(ReportTables tables)
    {
        Dictionary<WorkloadPair, PairScoreRow> measured = tables.PairScores
            .DistinctBy(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB)).ToDictionary(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB));
        Dictionary<WorkloadPair, PredictionRow> predicted = tables.Predictions
            .DistinctBy(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB)).ToDictionary(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB));
        return
        [
            .. measured.Keys.Union(predicted.Keys).Order()
                .Select(pair => new PairAnswer(pair, measured.GetValueOrDefault(pair), predicted.GetValueOrDefault(pair))),
        ];
    }

    private double Half(bool first)
    {
        (string a, string b, double scoreA, double scoreB) = Measured is { } m
            ? (m.WorkloadA, m.WorkloadB, m.ScoreAMean, m.ScoreBMean)
            : (Predicted!.WorkloadA, Predicted.WorkloadB, Predicted.ScoreA, Predicted.ScoreB);
        return first == WorkloadPair.IsSwapped(a, b) ? scoreB : scoreA;
    }
}
