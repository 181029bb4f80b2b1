namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>A record that changes run states, in 16 bytes: all that is needed of it to replay a trace across pcpus.</summary>
/// <param name="tsc">Its time.</param>
/// <param name="who">Domain in the high half, vcpu in the low half; of a loss its number among <see cref="MarkBlock.Losses"/>.</param>
/// <param name="code">What it says: old state times four plus new state, <see cref="Continue"/> or <see cref="Loss"/>.</param>
/// <param name="word">Number of its header word within the block it stood in.</param>
internal readonly struct Mark(ulong tsc, uint who, uint code, int word)
{
    /// <summary>The scheduler ran and kept the vcpu.</summary>
    internal const uint Continue = 16;

    /// <summary>Records were lost before it.</summary>
    internal const uint Loss = 17;

    private readonly uint _place = unchecked((uint)word << 8 | code);

    internal readonly ulong Tsc = tsc;
    internal readonly uint Who = who;

    internal uint Code => _place & 0xff;

    internal int Word => unchecked((int)(_place >> 8));
}
