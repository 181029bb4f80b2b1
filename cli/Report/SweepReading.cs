using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>One guest in one run of a swept pair, with what the driver domain and the host did meanwhile.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="RateFraction">Nominal load, 1 = saturation.</param>
/// <param name="Guest">The guest's throughput and score.</param>
/// <param name="OfferedPerS">Requests offered to it per second; null when not recorded.</param>
/// <param name="GuestCpu">Its CPU; null when neither tool saw it.</param>
/// <param name="GuestMetrics">Its metrics; null when there are none.</param>
/// <param name="DriverCpu">CPU of the driver domain; null when neither tool saw it.</param>
/// <param name="DriverMetrics">Metrics of the driver domain; null when there are none.</param>
/// <param name="HostMetrics">Metrics of the host; null when there are none.</param>
public sealed record SweepReading(
    WorkloadPair Pair,
    double RateFraction,
    GuestScoreRow Guest,
    double? OfferedPerS,
    CpuReading? GuestCpu,
    DomainMetricsRow? GuestMetrics,
    CpuReading? DriverCpu,
    DomainMetricsRow? DriverMetrics,
    HostMetricsRow? HostMetrics)
{
    /// <summary>The tables that readings are made from.</summary>
    public static IReadOnlyList<Table> Reads { get; } = [Table.Of<GuestScoreRow>(), Table.Of<HostMetricsRow>(), .. CpuReading.Reads];

    /// <summary>
    /// The readings of every pair that was swept, its saturated pair runs included, ordered by pair, rate, run and guest;
    /// two for each run.
    /// </summary>
    public static IReadOnlyList<SweepReading> All(ReportTables tables)
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
               let driver = cpu[guest.Run].FirstOrDefault(r => r.IsDriver)
               orderby run.Pair, guest.RateFraction, guest.Run, guest.GuestIndex
               select new SweepReading(
                   run.Pair,
                   guest.RateFraction!.Value,
                   guest,
                   domains[guest.Run].FirstOrDefault(d => d.Domain == guest.Domain)?.OfferedPerS,
                   cpu[guest.Run].FirstOrDefault(r => r.Domain == guest.Domain),
                   metrics[guest.Run].FirstOrDefault(m => m.Domain == guest.Domain),
                   driver,
                   metrics[guest.Run].FirstOrDefault(m => m.Domain == driver?.Domain),
                   hosts[guest.Run].FirstOrDefault()),
        ];
    }
}
