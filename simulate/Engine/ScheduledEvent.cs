namespace Colocate.Simulate.Engine;

/// <summary>Something that will happen.</summary>
/// <param name="TimeNs">When, in ns since the start.</param>
/// <param name="Order">Number of the call that scheduled it; breaks ties, so that equal times never depend on the heap.</param>
/// <param name="Kind">What; the model says what the number means.</param>
/// <param name="Target">Whom it concerns.</param>
/// <param name="Payload">What else it carries.</param>
public readonly record struct ScheduledEvent(long TimeNs, long Order, int Kind, int Target, long Payload)
{
    /// <summary>True when this happens before another.</summary>
    public bool Before(in ScheduledEvent other) => TimeNs < other.TimeNs || (TimeNs == other.TimeNs && Order < other.Order);
}
