using Colocate.Model.Metrics;
using Colocate.Model.Tables;

namespace Colocate.Simulate.Readout;

/// <summary>Results as table rows, through the same formulas as measured runs.</summary>
public static class ResultRows
{
    /// <summary>Measures of the driver domain.</summary>
    public static SimulatedDomainRow Driver(ScenarioResult result) => Domain(result.Driver, result.Window);

    /// <summary>Measures of a guest.</summary>
    public static SimulatedDomainRow Guest(ScenarioResult result, int guest)
    {
        GuestResult of = result.Guests[guest];
        return Domain(of.Activity, result.Window) with { ThroughputPerS = of.ThroughputPerS, ReplyMs = of.ReplyMs, NetKbPerS = of.NetKbPerS };
    }

    /// <summary>Measures of the host.</summary>
    public static SimulatedRunRow Host(ScenarioResult result) =>
        MetricFormulas.Fill(new SimulatedRunRow(), result.Host, result.Window) with { CpuSource = "simulated" };

    private static SimulatedDomainRow Domain(DomainActivity activity, Window window) =>
        MetricFormulas.Fill(new SimulatedDomainRow(), activity, window) with { CpuSource = "simulated" };
}
