namespace Colocate.Simulate.Engine;

/// <summary>Something that will happen.</summary>
/// <param name="TimeNs">When, in ns since the start; at least 0.</param>
/// <param name="Order">Number of the call that scheduled it, at least 0; breaks ties, so that equal times never depend on the heap.</param>
/// <param name="Kind">What; the model says what the number means.</param>
/// <param name="Target">Whom it concerns.</param>
/// <param name="Payload">What else it carries.</param>
public readonly record struct ScheduledEvent(long TimeNs, long Order, int Kind, int Target, long Payload)
{
    /// <summary>True when this happens before another.</summary>
    public bool Before(in ScheduledEvent other) => BeforeMask(TimeNs, Order, other.TimeNs, other.Order) != 0;

    /// <summary>
    /// All bits when one event happens before another, else none: the sign of the difference of (time, order) as one number. Without a branch, and
    /// without overflow, for times and orders are at least 0.
    /// </summary>
    internal static long BeforeMask(long timeNs, long order, long otherTimeNs, long otherOrder) =>
        unchecked((timeNs - otherTimeNs + ((order - otherOrder) >> 63)) >> 63);
}
