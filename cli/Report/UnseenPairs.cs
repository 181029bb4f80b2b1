using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>How far the simulator is off on pairs that its calibration never saw, beside what its error is held against.</summary>
/// <param name="Runs">Measured pair runs beside their simulations, at least one; each counts once.</param>
/// <param name="Seen">Repeated pair runs left out because a run of their pair was fitted.</param>
/// <param name="IsSeenKnown">False when no calibration is recorded: whether a pair was seen is then unknown, and none is left out.</param>
/// <param name="Error">Mean absolute error of the combined score as a fraction of the measured one (MAPE).</param>
/// <param name="RepeatedPairs">Pairs among them that were measured more than once.</param>
/// <param name="RepeatSpread">Mean coefficient of variation of those; null when there is none.</param>
/// <param name="Rivals">The same error of the constant-demand baseline and of the predictor, where an evaluation holds them.</param>
public sealed record UnseenPairs(
    IReadOnlyList<RepeatedRun> Runs, int Seen, bool IsSeenKnown, double Error, int RepeatedPairs, double? RepeatSpread, IReadOnlyList<Rival> Rivals)
{
    /// <summary>Baseline of the evaluation that knows both workloads alone and fits nothing, as the simulator does.</summary>
    public const string ConstantDemand = "constant_demand";

    /// <summary>The predictor as training chooses it.</summary>
    public const string Predictor = "auto";

    /// <summary>The tables that the comparison is made from.</summary>
    public static IReadOnlyList<Table> Reads { get; } =
        [.. RepeatedRun.Reads, Table.Of<PairScoreRow>(), Table.Of<CalibrationResidualRow>(), Table.Of<EvaluationPairRow>()];

    /// <summary>Number of pairs.</summary>
    public int Pairs => Runs.DistinctBy(r => r.Pair).Count();

    /// <summary>Compares; null when no pair run with a score above 0 was repeated, or none of an unseen pair.</summary>
    public static UnseenPairs? Of(ReportTables tables)
    {
        HashSet<string> fitted = [.. tables.CalibrationResiduals.Where(r => r.Fitted).Select(r => r.Run)];
        HashSet<WorkloadPair> seen =
        [
            .. tables.GuestScores.Where(s => fitted.Contains(s.Run)).GroupBy(s => s.Run).Select(g => g.ToArray())
                .Where(g => g.Length == 2).Select(g => WorkloadPair.Of(g[0].Workload, g[1].Workload)),
        ];
        List<RepeatedRun> all = [.. RepeatedRun.All(tables).Where(r => r.Measured > 0)];
        List<RepeatedRun> unseen = [.. all.Where(r => !seen.Contains(r.Pair))];
        if (unseen.Count == 0)
            return null;
        HashSet<WorkloadPair> pairs = [.. unseen.Select(r => r.Pair)];
        double[] spreads =
        [
            .. tables.PairScores.Where(p => p is { CombinedSd: not null, CombinedMean: > 0 } && pairs.Contains(WorkloadPair.Of(p.WorkloadA, p.WorkloadB)))
                .Select(p => p.CombinedSd!.Value / p.CombinedMean),
        ];
        return new UnseenPairs(
            unseen,
            all.Count - unseen.Count,
            tables.CalibrationResiduals.Count > 0,
            unseen.Average(r => Math.Abs(r.ErrorFraction)),
            spreads.Length,
            spreads.Length == 0 ? null : spreads.Average(),
            [.. new[] { ConstantDemand, Predictor }.Select(model => Rival.Of(model, tables.EvaluationPairs, unseen)).OfType<Rival>()]);
    }
}
