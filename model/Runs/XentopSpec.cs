namespace Colocate.Model.Runs;

/// <summary>The <c>xentop -b</c> log of a run.</summary>
public sealed record XentopSpec
{
    /// <summary>Seconds between iterations without -d: <c>delay</c> in <c>tools/xentop/xentop.c</c>.</summary>
    public const double DefaultIntervalS = 3;

    /// <summary>Path relative to the manifest.</summary>
    public required string File { get; init; }

    /// <summary>Nominal seconds between iterations; xentop's own default is 3.</summary>
    public required double IntervalS { get; init; }

    /// <summary>False where nothing tells the interval and <see cref="IntervalS"/> is xentop's own default; a manifest then leaves it out.</summary>
    public bool IsIntervalKnown { get; init; } = true;

    /// <summary>Seconds of load before xentop began; null when unknown (it is then taken to have begun with the trace).</summary>
    public double? StartsAfterS { get; init; }
}
