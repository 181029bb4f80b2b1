namespace Colocate.Ingest.Xentrace.Timeline;

/// <summary>The part of a trace that is wanted, in ns since its first record.</summary>
/// <param name="FromNs">Begin, at least 0.</param>
/// <param name="ToNs">End, later than the begin; <see cref="long.MaxValue"/> for the end of the trace.</param>
public readonly record struct TimelineWindow(long FromNs, long ToNs)
{
    /// <summary>The whole trace.</summary>
    public static TimelineWindow Whole { get; } = new(0, long.MaxValue);

    /// <summary>A window in seconds; null means begin or end of the trace.</summary>
    public static TimelineWindow OfSeconds(double? fromS, double? toS) =>
        new(fromS is { } from ? (long)Math.Round(from * 1e9) : 0, toS is { } to ? (long)Math.Round(to * 1e9) : long.MaxValue);
}
