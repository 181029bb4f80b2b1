using Colocate.Model.Metrics;
using Colocate.Model.Tables;

namespace Colocate.Simulate.Readout;

/// <summary>Results as table rows, through the same formulas as measured runs, or as the host's own monitor shows them.</summary>
public static class ResultRows
{
    /// <summary>Measures of the driver domain.</summary>
    public static SimulatedDomainRow Driver(ScenarioResult result) => Domain(result, 0, result.Driver);

    /// <summary>Measures of a guest.</summary>
    public static SimulatedDomainRow Guest(ScenarioResult result, int guest)
    {
        GuestResult of = result.Guests[guest];
        return Domain(result, guest + 1, of.Activity) with
        {
            ThroughputPerS = of.ThroughputPerS, ReplyMs = of.ReplyMs, FirstByteMs = of.FirstByteMs, NetKbPerS = of.NetKbPerS,
            BoostedWakesPerExecution = of.Activity.Executions > 0 ? (double?)of.BoostedWakes / of.Activity.Executions : null,
        };
    }

    /// <summary>Measures of the host.</summary>
    public static SimulatedRunRow Host(ScenarioResult result)
    {
        SimulatedRunRow row = MetricFormulas.Fill(new SimulatedRunRow(), result.Host, result.Window) with { CpuSource = "simulated" };
        return result.XenMon is not { } monitor ? row : row with
        {
            CpuFraction = Enumerable.Range(0, result.Guests.Count + 1).Sum(monitor.CpuFraction),
            PagesPerS = row.PagesTransferredPerS,
            PagesPerExecution = row.PagesTransferredPerS / monitor.ExecutionsPerS(0),
        };
    }

    private static SimulatedDomainRow Domain(ScenarioResult result, int domain, DomainActivity activity)
    {
        SimulatedDomainRow row = MetricFormulas.Fill(new SimulatedDomainRow(), activity, result.Window) with { CpuSource = "simulated" };
        double pagesPerS = (activity.Pages?.Transferred ?? 0) / result.Window.LengthS;
        return result.XenMon is not { } monitor ? row : row with
        {
            CpuFraction = monitor.CpuFraction(domain),
            WaitFraction = monitor.WaitFraction(domain),
            BlockFraction = monitor.BlockFraction(domain),
            ExecutionsPerS = monitor.ExecutionsPerS(domain),
            PagesPerS = pagesPerS,
            PagesPerExecution = monitor.ExecutionsPerS(domain) > 0 ? pagesPerS / monitor.ExecutionsPerS(domain) : null,
        };
    }
}
