namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Records of one pcpu that Xen dropped, or that the file has not.</summary>
/// <param name="Records">How many; 0 when nothing tells.</param>
/// <param name="Since">Time of the first of them, or of the last record before them.</param>
/// <param name="Running">Who runs when records go on: domain in the high half, vcpu in the low half; <see cref="Unknown"/> when nothing tells.</param>
/// <param name="IsOfAll">True when those of all other pcpus are missing too.</param>
internal readonly record struct Loss(uint Records, ulong Since, uint Running, bool IsOfAll = false)
{
    /// <summary>No number of a domain has all bits set.</summary>
    internal const uint Unknown = uint.MaxValue;
}
