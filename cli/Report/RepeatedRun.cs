using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>A measured pair run beside its simulation at the same offered rates; both combined scores are known.</summary>
/// <param name="Run">The run.</param>
/// <param name="Pair">The workloads.</param>
/// <param name="RateFraction">Nominal load of the run, 1 = saturation; null when it has no such notion.</param>
/// <param name="Measured">Measured combined score.</param>
/// <param name="Simulated">The scenario of kind like.</param>
public sealed record RepeatedRun(string Run, WorkloadPair Pair, double? RateFraction, double Measured, SimulatedPair Simulated)
{
    /// <summary>The tables that repeated runs are made from.</summary>
    public static IReadOnlyList<Table> Reads { get; } = [Table.Of<GuestScoreRow>(), .. SimulatedPair.Reads];

    /// <summary>Simulated combined score.</summary>
    public double Score => Simulated.Scenario.Combined!.Value;

    /// <summary>(simulated - measured) / measured; not finite for a run that scored nothing.</summary>
    public double ErrorFraction => (Score - Measured) / Measured;

    /// <summary>Every run of kind pair that was repeated, ordered by pair and run.</summary>
    public static IReadOnlyList<RepeatedRun> All(ReportTables tables)
    {
        Dictionary<string, GuestScoreRow> measured = tables.GuestScores
            .Where(s => s.Kind == "pair" && s.Combined is not null).DistinctBy(s => s.Run).ToDictionary(s => s.Run);
        return
        [
            .. from simulated in SimulatedPair.All(tables)
               where simulated.Scenario is { Kind: "like", LikeRun: not null, Combined: not null }
               let run = measured.GetValueOrDefault(simulated.Scenario.LikeRun!)
               where run is not null
               orderby simulated.Pair, run.Run
               select new RepeatedRun(run.Run, simulated.Pair, run.RateFraction, run.Combined!.Value, simulated),
        ];
    }
}
