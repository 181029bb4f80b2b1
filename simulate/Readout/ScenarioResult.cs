using Colocate.Model.Metrics;

namespace Colocate.Simulate.Readout;

/// <summary>What one run of a simulated host came to.</summary>
/// <param name="Driver">The driver domain within the window.</param>
/// <param name="Guests">The guests, in the order of the scenario.</param>
/// <param name="Host">The host within the window.</param>
/// <param name="Window">The window of the metrics; its ticks are ns.</param>
/// <param name="SimEvents">Simulation events handled.</param>
public sealed record ScenarioResult(DomainActivity Driver, IReadOnlyList<GuestResult> Guests, HostActivity Host, Window Window, long SimEvents)
{
    /// <summary>What XenMon showed of the window, on hosts whose tool it is; null elsewhere.</summary>
    public XenMon? XenMon { get; init; }
}
