namespace Colocate.Ingest.Xentrace;

/// <summary>A piece of one window: words as they stand in the file, with room before them for the begin of a record cut by the block's edge.</summary>
internal sealed class RecordBlock
{
    /// <summary>Longest record in words: header, TSC, seven payload words.</summary>
    internal const int MaxRecordWords = 10;

    /// <summary>Words of content a block can hold: 64 KiB, as much as xentrace drains at a time as a rule.</summary>
    internal const int Capacity = 16 * 1024;

    /// <summary>Room before the content for a cut record, and behind it, so that the scanner may look at a record before it knows that it is whole.</summary>
    internal readonly uint[] Words = GC.AllocateUninitializedArray<uint>(MaxRecordWords + Capacity + MaxRecordWords);

    /// <summary>The pcpu whose window it is.</summary>
    internal int Pcpu;

    /// <summary>First word not yet consumed.</summary>
    internal int Start;

    /// <summary>One past the last word.</summary>
    internal int End;

    /// <summary>Byte offset in the decoded file of the word at <see cref="MaxRecordWords"/>.</summary>
    internal long FileOffset;

    /// <summary>True for the first block of its window.</summary>
    internal bool StartsWindow;

    /// <summary>True for the last block of its window: a record cut by its end is damaged, not continued.</summary>
    internal bool EndsWindow;

    /// <summary>Bytes of content.</summary>
    internal int Bytes;

    /// <summary>How often bytes that are no window stood before it in the file, behind the first window: records of any pcpu may be gone there.</summary>
    internal int Breaks;

    internal long OffsetOf(int word) => FileOffset + (word - MaxRecordWords) * 4L;

    internal static int SizeInWords(uint header)
    {
        unchecked
        {
            return 1 + ((int)(header >> 30) & 2) + ((int)(header >> 28) & 7);
        }
    }
}
