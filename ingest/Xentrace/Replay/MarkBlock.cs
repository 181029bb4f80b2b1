namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>The marks of one block of records.</summary>
internal sealed class MarkBlock
{
    private Mark[] _marks = new Mark[256];

    internal int Pcpu { get; private set; }

    /// <summary>File offset of word 0 of the numbers in the marks.</summary>
    internal long Offset { get; private set; }

    internal bool StartsWindow { get; private set; }

    /// <summary>Time of the first record, mark or not; 0 when there is none.</summary>
    internal ulong FirstTsc { get; set; }

    internal int Count { get; private set; }

    internal List<Loss> Losses { get; } = [];

    /// <summary>A mark, from 0 to <see cref="Count"/> without it.</summary>
    internal ref readonly Mark this[int index] => ref _marks[index];

    /// <summary>What the block holds in memory.</summary>
    internal long HeldBytes => _marks.Length * 16L;

    internal void Reset(int pcpu, long offset, bool startsWindow)
    {
        (Pcpu, Offset, StartsWindow, FirstTsc, Count) = (pcpu, offset, startsWindow, 0, 0);
        Losses.Clear();
    }

    internal void Add(Mark mark)
    {
        unchecked
        {
            int count = Count;
            Mark[] marks = _marks;
            if ((uint)count >= (uint)marks.Length)
                marks = Grow();
            marks[count] = mark;
            Count = count + 1;
        }
    }

    private Mark[] Grow()
    {
        Array.Resize(ref _marks, _marks.Length * 2);
        return _marks;
    }
}
