namespace Colocate.Ingest.Xentrace.Timeline;

/// <summary>
/// Hears what every vcpu of a trace did and when. Calls come one at a time, though not all from one thread. Spans come in the order of
/// their ends, those of one vcpu without overlap; a trace that contradicts itself may have two vcpus run on one pcpu at once.
/// </summary>
public interface ITimelineSink
{
    /// <summary>A vcpu spent a stretch of time in a state.</summary>
    void OnState(in StateSpan span);

    /// <summary>Records were lost.</summary>
    void OnLoss(in LostRecords lost);
}
