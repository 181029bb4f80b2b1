using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>Network throughput of a swept pair, both guests together, in one measured run or one simulated scenario.</summary>
/// <param name="Origin">Measured or simulated.</param>
/// <param name="Run">The run, or the scenario.</param>
/// <param name="Pair">The pair.</param>
/// <param name="RateFraction">Nominal load, 1 = saturation.</param>
/// <param name="NetKbPerS">Application bytes of both guests in both directions, KiB/s.</param>
public sealed record NetworkReading(Origin Origin, string Run, WorkloadPair Pair, double RateFraction, double NetKbPerS)
{
    /// <summary>The tables that readings are made from.</summary>
    public static IReadOnlyList<Table> Reads { get; } = [Table.Of<GuestScoreRow>(), Table.Of<ClientResultRow>(), .. SimulatedPair.Reads];

    /// <summary>The readings of <see cref="SweepReading.All"/> in its order, one a run; runs in which a client reported no bytes are left out.</summary>
    public static IReadOnlyList<NetworkReading> All(ReportTables tables)
    {
        Dictionary<(string, string), double?> measured =
            tables.ClientResults.DistinctBy(c => (c.Run, c.Domain)).ToDictionary(c => (c.Run, c.Domain), c => c.NetKbPerS);
        Dictionary<(string, string), double?> simulated =
            tables.SimulatedDomains.DistinctBy(d => (d.Scenario, d.Domain)).ToDictionary(d => (d.Scenario, d.Domain), d => d.NetKbPerS);
        return
        [
            .. from run in SweepReading.All(tables).GroupBy(r => (r.Origin, r.Run))
               let net = run.Select(r => (r.Origin == Palette.Measured ? measured : simulated).GetValueOrDefault((r.Run, r.Domain))).ToList()
               where net.All(n => n is not null)
               select new NetworkReading(run.Key.Origin, run.Key.Run, run.First().Pair, run.First().RateFraction, net.Sum(n => n!.Value)),
        ];
    }
}
