using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>
/// One guest of a swept pair in one measured run or one simulated scenario, with what the driver domain and the host did meanwhile.
/// </summary>
public sealed record SweepReading
{
    /// <summary>The tables that readings are made from.</summary>
    public static IReadOnlyList<Table> Reads { get; } =
        [Table.Of<GuestScoreRow>(), Table.Of<HostMetricsRow>(), .. CpuReading.Reads, .. SimulatedPair.Reads];

    /// <summary>Dashes of the lines of swept pairs, one after the other; a second channel beside their colours.</summary>
    public static IReadOnlyList<string> Dashes { get; } = ["solid", "dash", "dot", "dashdot", "longdash"];

    /// <summary>Measured or simulated.</summary>
    public required Origin Origin { get; init; }

    /// <summary>The run, or the scenario.</summary>
    public required string Run { get; init; }

    /// <summary>The pair.</summary>
    public required WorkloadPair Pair { get; init; }

    /// <summary>Nominal load, 1 = saturation.</summary>
    public required double RateFraction { get; init; }

    /// <summary>The guest.</summary>
    public required string Domain { get; init; }

    /// <summary>Its workload.</summary>
    public required string Workload { get; init; }

    /// <summary>Requests offered to it per second; null when not recorded.</summary>
    public double? OfferedPerS { get; init; }

    /// <summary>T, complete replies per second; null when unknown.</summary>
    public double? ThroughputPerS { get; init; }

    /// <summary>T / B; null when either is unknown.</summary>
    public double? Score { get; init; }

    /// <summary>Combined score of the run or scenario; null when a score of it is unknown.</summary>
    public double? Combined { get; init; }

    /// <summary>CPU of the guest as a fraction of one pcpu; null when no tool saw it.</summary>
    public double? GuestCpu { get; init; }

    /// <summary>Where <see cref="GuestCpu"/> comes from: trace, xentop or simulated; null for neither.</summary>
    public string? GuestCpuSource { get; init; }

    /// <summary>Other metrics of the guest; null when there are none.</summary>
    public DomainMeasures? Guest { get; init; }

    /// <summary>CPU of the driver domain as a fraction of one pcpu; null when no tool saw it.</summary>
    public double? DriverCpu { get; init; }

    /// <summary>Where <see cref="DriverCpu"/> comes from: trace, xentop or simulated; null for neither.</summary>
    public string? DriverCpuSource { get; init; }

    /// <summary>Other metrics of the driver domain; null when there are none.</summary>
    public DomainMeasures? Driver { get; init; }

    /// <summary>Metrics of the host; null when there are none.</summary>
    public HostMeasures? Host { get; init; }

    /// <summary>
    /// The readings of every pair whose sweep was measured, or, where none was, of every pair whose sweep was simulated; saturated runs and
    /// scenarios of these pairs included. Ordered by pair, rate, measured before simulated, run and guest; two for each run or scenario.
    /// </summary>
    public static IReadOnlyList<SweepReading> All(ReportTables tables)
    {
        List<SweepReading> measured = Measured(tables), simulated = Simulated(tables);
        HashSet<WorkloadPair> swept = [.. (measured.Count > 0 ? measured : simulated).Select(r => r.Pair)];
        return
        [
            .. measured.Concat(simulated.Where(r => swept.Contains(r.Pair)))
                .OrderBy(r => r.Pair).ThenBy(r => r.RateFraction).ThenBy(r => Palette.Place(r.Origin)).ThenBy(r => r.Run, StringComparer.Ordinal),
        ];
    }

    /// <summary>Pairs that a figure shows: as many as there are dashes to tell them apart, those with most readings.</summary>
    public static List<WorkloadPair> Drawn(IEnumerable<WorkloadPair> pairOfReading, out string? omitted)
    {
        List<(WorkloadPair Pair, int Readings)> pairs = [.. pairOfReading.CountBy(p => p).OrderBy(p => p.Key).Select(p => (p.Key, p.Value))];
        return [.. Largest.Of(pairs, Dashes.Count, p => p.Readings, "pairs with most readings", out omitted).Select(p => p.Pair)];
    }

    private static List<SweepReading> Measured(ReportTables tables)
    {
        List<(WorkloadPair Pair, GuestScoreRow[] Guests)> runs =
        [
            .. tables.GuestScores.Where(s => s.Kind == "sweep" || (s.Kind == "pair" && s.RateFraction == 1))
                .GroupBy(s => s.Run).Select(g => g.OrderBy(s => s.GuestIndex).ToArray())
                .Where(g => g.Length == 2 && g[0].RateFraction is not null)
                .Select(g => (WorkloadPair.Of(g[0].Workload, g[1].Workload), g)),
        ];
        HashSet<WorkloadPair> swept = [.. runs.Where(r => r.Guests[0].Kind == "sweep").Select(r => r.Pair)];
        ILookup<string, CpuReading> cpu = CpuReading.All(tables).ToLookup(r => r.Run);
        ILookup<string, DomainMetricsRow> metrics = tables.DomainMetrics.ToLookup(m => m.Run);
        ILookup<string, HostMetricsRow> hosts = tables.HostMetrics.ToLookup(m => m.Run);
        ILookup<string, RunDomainRow> domains = tables.RunDomains.ToLookup(d => d.Run);
        return
        [
            .. from run in runs
               where swept.Contains(run.Pair)
               from guest in run.Guests
               let guestCpu = cpu[guest.Run].FirstOrDefault(r => r.Domain == guest.Domain)
               let driverCpu = cpu[guest.Run].FirstOrDefault(r => r.IsDriver)
               select new SweepReading
               {
                   Origin = Palette.Measured,
                   Run = guest.Run,
                   Pair = run.Pair,
                   RateFraction = guest.RateFraction!.Value,
                   Domain = guest.Domain,
                   Workload = guest.Workload,
                   OfferedPerS = domains[guest.Run].FirstOrDefault(d => d.Domain == guest.Domain)?.OfferedPerS,
                   ThroughputPerS = guest.ThroughputPerS,
                   Score = guest.Score,
                   Combined = guest.Combined,
                   GuestCpu = guestCpu?.Fraction,
                   GuestCpuSource = guestCpu?.Source,
                   Guest = metrics[guest.Run].FirstOrDefault(m => m.Domain == guest.Domain),
                   DriverCpu = driverCpu?.Fraction,
                   DriverCpuSource = driverCpu?.Source,
                   Driver = metrics[guest.Run].FirstOrDefault(m => m.Domain == driverCpu?.Domain),
                   Host = hosts[guest.Run].FirstOrDefault(),
               },
        ];
    }

    private static List<SweepReading> Simulated(ReportTables tables)
    {
        List<SimulatedPair> scenarios =
            [.. SimulatedPair.All(tables).Where(s => s.Scenario is { Kind: "sweep", RateFraction: not null } or { Kind: "pair", RateFraction: 1 })];
        HashSet<WorkloadPair> swept = [.. scenarios.Where(s => s.Scenario.Kind == "sweep").Select(s => s.Pair)];
        return
        [
            .. from s in scenarios
               where swept.Contains(s.Pair)
               from guest in new[] { s.First, s.Second }.OrderBy(g => g.DomainIndex)
               select new SweepReading
               {
                   Origin = Palette.Simulated,
                   Run = s.Scenario.Scenario,
                   Pair = s.Pair,
                   RateFraction = s.Scenario.RateFraction!.Value,
                   Domain = guest.Domain,
                   Workload = guest.Workload!,
                   OfferedPerS = guest.OfferedPerS,
                   ThroughputPerS = guest.ThroughputPerS,
                   Score = guest.Score,
                   Combined = s.Scenario.Combined,
                   GuestCpu = guest.CpuFraction,
                   GuestCpuSource = guest.CpuSource,
                   Guest = guest,
                   DriverCpu = s.Driver?.CpuFraction,
                   DriverCpuSource = s.Driver?.CpuSource,
                   Driver = s.Driver,
                   Host = s.Scenario,
               },
        ];
    }
}
