namespace Colocate.Ingest.Xentrace;

/// <summary>
/// The first windows of a trace, held back until it is known when it begins: xentrace drains pcpus in rising order, round after round, and the
/// pcpu with the earliest record may be the last of the first round, or silent in it.
/// </summary>
/// <remarks>
/// What comes from a pcpu was logged after its turn in the round before, so that nothing in the third round is older than all of the first.
/// While only pcpu 0 has shown itself one round is enough: all others have their turn after it.
/// </remarks>
internal sealed class TraceOpening(long maxHeldBytes)
{
    private readonly List<RecordBlock> _held = [];

    /// <summary>Time of each pcpu's first record, of those that have one with a time.</summary>
    private readonly Dictionary<int, ulong> _first = [];
    private long _heldBytes;
    private int _lastPcpu = -1;
    private int _rounds;

    internal bool HasEnded { get; private set; }

    /// <summary>True when enough is held before a window of this pcpu.</summary>
    internal bool EndsBefore(int pcpu)
    {
        if (HasEnded)
            return false;

        // A round in which nobody told the time tells nothing of when others began.
        _rounds += pcpu <= _lastPcpu && _first.Count > 0 ? 1 : 0;
        _lastPcpu = pcpu;
        return _rounds >= 2 || (_rounds == 1 && _held.TrueForAll(b => b.Pcpu == 0)) || _heldBytes > maxHeldBytes;
    }

    /// <summary>Keeps a block.</summary>
    internal void Hold(RecordBlock block)
    {
        _held.Add(block);
        _heldBytes += block.Words.Length * 4L;
        if (!block.StartsWindow || _first.ContainsKey(block.Pcpu))
            return;
        var clock = new PcpuClock(block.Pcpu);
        clock.Begin(block);
        if (clock.HasTime)
            _first.Add(block.Pcpu, clock.TimeOfFirst(block));
    }

    /// <summary>Earliest time of a pcpu's first record; 0 when none has one.</summary>
    internal ulong FirstTsc() => _first.Count == 0 ? 0 : _first.Values.Min();

    /// <summary>What was held, in file order; nothing is from now on.</summary>
    internal IEnumerable<RecordBlock> End()
    {
        HasEnded = true;
        foreach (RecordBlock block in _held)
            yield return block;
        _held.Clear();
    }
}
