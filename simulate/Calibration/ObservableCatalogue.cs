namespace Colocate.Simulate.Calibration;

/// <summary>
/// Every observable. Tolerances are those of repeated runs where repeats tell (throughput, CPU), else how far the model is trusted to go into
/// detail. Adding one is a line here.
/// </summary>
public static class ObservableCatalogue
{
    /// <summary>Fractions of time below this are noise of the window.</summary>
    private const double LeastFraction = 0.005, LeastStateFraction = 0.03, LeastPerS = 3;

    /// <summary>A reply in 100 s, so that a run that answered nothing has a tolerance, too.</summary>
    private const double LeastRepliesPerS = 0.01;

    /// <summary>The observables.</summary>
    public static IReadOnlyList<Observable> All { get; } =
    [
        new("throughput_per_s", ObservedPart.Guest, 0.02, LeastRepliesPerS, true, r => r.ThroughputPerS),
        new("reply_ms", ObservedPart.Guest, 0.30, 1, true, r => r.ReplyMs),
        new("first_byte_ms", ObservedPart.Guest, 0.30, 1, false, r => r.FirstByteMs),
        new("cpu_fraction", ObservedPart.Driver, 0.05, LeastFraction, true, r => r.Driver?.CpuFraction),
        new("cpu_fraction", ObservedPart.Guest, 0.05, LeastFraction, true, r => r.Guest?.CpuFraction),
        new("executions_per_s", ObservedPart.Driver, 0.15, LeastPerS, true, r => r.Driver?.ExecutionsPerS),
        new("executions_per_s", ObservedPart.Guest, 0.15, LeastPerS, true, r => r.Guest?.ExecutionsPerS),
        new("pages_per_s", ObservedPart.Driver, 0.10, LeastPerS, true, r => r.Driver?.PagesPerS),
        new("wait_fraction", ObservedPart.Driver, 0.30, LeastStateFraction, true, r => r.Driver?.WaitFraction),
        new("wait_fraction", ObservedPart.Guest, 0.30, LeastStateFraction, true, r => r.Guest?.WaitFraction),
        new("block_fraction", ObservedPart.Driver, 0.30, LeastStateFraction, true, r => r.Driver?.BlockFraction),
        new("block_fraction", ObservedPart.Guest, 0.30, LeastStateFraction, true, r => r.Guest?.BlockFraction),
        new("cpu_fraction", ObservedPart.Host, 0.05, LeastFraction, false, r => r.Host?.CpuFraction),
        new("switches_per_s", ObservedPart.Host, 0.15, LeastPerS, false, r => r.Host?.SwitchesPerS),
        new("events_per_s", ObservedPart.Host, 0.15, LeastPerS, false, r => r.Host?.EventsPerS),
        new("event_channel_per_s", ObservedPart.Host, 0.30, LeastPerS, false, r => r.Host?.EventChannelPerS),
    ];
}
