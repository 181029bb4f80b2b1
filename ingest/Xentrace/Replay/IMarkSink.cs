namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Receives the marks of a trace in time order.</summary>
internal interface IMarkSink
{
    /// <summary>A vcpu changed its run state, or goes on running.</summary>
    /// <param name="pcpu">The pcpu that logged it.</param>
    /// <param name="tsc">When; never earlier than the one before.</param>
    /// <param name="who">Domain in the high half, vcpu in the low half.</param>
    /// <param name="code">As in <see cref="Mark.Code"/>.</param>
    void OnMark(int pcpu, ulong tsc, uint who, uint code);

    /// <summary>Records were lost on a pcpu before this time.</summary>
    void OnLoss(int pcpu, ulong tsc, Loss loss);
}
