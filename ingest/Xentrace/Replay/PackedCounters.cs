using System.Numerics;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>
/// Counters of many intervals in little memory: of each only the figures that are not 0, as short as they are. A long trace has hundreds of thousands of them, mostly in the
/// order of time. Room that is given up is used again before it is as much as what is held.
/// </summary>
internal sealed class PackedCounters
{
    private const int SmallestChunk = 1 << 8, LargestChunk = 1 << 16;

    /// <summary>Bytes given up that are not worth the work of using them again.</summary>
    private const int Slack = 4 * SmallestChunk;

    /// <summary>A bit a figure tells which follow, each in as many groups of seven bits as it needs.</summary>
    private const int MaskBytes = 3, MaxBytes = MaskBytes + DomainCounters.Count * 10;

    /// <summary>Place of an interval that was held: it keeps its line, for what is asked for again comes back.</summary>
    private const int Nowhere = -1;

    /// <summary>By interval, ascending: the chunk and the offset in it, in the high and the low half.</summary>
    private readonly List<(int Index, int Place)> _places = [];
    private readonly List<byte[]> _chunks = [];
    private int _used;
    private long _held;
    private long _givenUp;

    /// <summary>Intervals that are held or were.</summary>
    internal int Count => _places.Count;

    /// <summary>Bytes of chunks.</summary>
    internal long Bytes => _chunks.Sum(c => (long)c.Length);

    /// <summary>Number of such an interval by its place in the order of time.</summary>
    internal int IndexOf(int place) => _places[place].Index;

    internal bool Has(int index) => Find(index) is >= 0 and var found && _places[found].Place != Nowhere;

    /// <summary>Takes the counters of an interval that is not held.</summary>
    internal void Put(int index, DomainCounters counters)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        int length = Write(bytes, counters.All);
        (int, int) stored = (index, Store(bytes[..length]));
        int found = Find(index);
        if (found >= 0)
            _places[found] = stored;
        else
            _places.Insert(~found, stored);
        _held += length;
    }

    /// <summary>Adds what is held of an interval, if anything is.</summary>
    internal void AddTo(DomainCounters counters, int index)
    {
        int found = Find(index);
        if (found >= 0 && _places[found].Place != Nowhere)
            Read(At(_places[found].Place), counters.All);
    }

    /// <summary>Forgets an interval, if it is held.</summary>
    internal void Remove(int index)
    {
        int found = Find(index);
        if (found < 0 || _places[found].Place == Nowhere)
            return;
        int length = LengthOf(At(_places[found].Place));
        _places[found] = (index, Nowhere);
        _held -= length;
        _givenUp += length;
        if (_givenUp > _held + Slack)
            Compact();
    }

    internal void Clear()
    {
        _places.Clear();
        _chunks.Clear();
        (_used, _held, _givenUp) = (0, 0, 0);
    }

    /// <summary>Where an interval is in the order of time, or the complement of where it would be.</summary>
    private int Find(int index)
    {
        int low = 0, high = _places.Count - 1;

        // Nearly always it comes after all others.
        if (high < 0 || _places[high].Index < index)
            return ~_places.Count;
        while (low <= high)
        {
            int middle = (low + high) >>> 1, there = _places[middle].Index;
            if (there == index)
                return middle;
            (low, high) = there < index ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private int Store(ReadOnlySpan<byte> bytes)
    {
        if (_chunks.Count == 0 || _used + bytes.Length > _chunks[^1].Length)
        {
            _chunks.Add(new byte[Math.Min(SmallestChunk << Math.Min(_chunks.Count, 8), LargestChunk)]);
            _used = 0;
        }

        bytes.CopyTo(_chunks[^1].AsSpan(_used));
        int place = (_chunks.Count - 1) << 16 | _used;
        _used += bytes.Length;
        return place;
    }

    private void Compact()
    {
        byte[][] chunks = [.. _chunks];
        _chunks.Clear();
        (_used, _givenUp) = (0, 0);
        for (int i = 0; i < _places.Count; i++)
        {
            (int index, int place) = _places[i];
            if (place == Nowhere)
                continue;
            ReadOnlySpan<byte> bytes = chunks[place >> 16].AsSpan(place & 0xffff);
            _places[i] = (index, Store(bytes[..LengthOf(bytes)]));
        }
    }

    private ReadOnlySpan<byte> At(int place) => _chunks[place >> 16].AsSpan(place & 0xffff);

    /// <summary>Packs figures; returns the number of bytes.</summary>
    private static int Write(Span<byte> bytes, ReadOnlySpan<long> figures)
    {
        int length = MaskBytes;
        bytes[..MaskBytes].Clear();
        for (int i = 0; i < figures.Length; i++)
        {
            if (figures[i] == 0)
                continue;
            bytes[i / 8] |= (byte)(1 << (i % 8));
            ulong rest = (ulong)figures[i];
            for (; rest >= 0x80; rest >>= 7)
                bytes[length++] = (byte)(rest & 0x7f | 0x80);
            bytes[length++] = (byte)rest;
        }

        return length;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        int length = MaskBytes;
        for (int figures = BitOperations.PopCount(bytes[0] | (uint)bytes[1] << 8 | (uint)bytes[2] << 16); figures > 0; length++)
            figures -= bytes[length] < 0x80 ? 1 : 0;
        return length;
    }

    /// <summary>Adds packed figures to others.</summary>
    private static void Read(ReadOnlySpan<byte> bytes, Span<long> figures)
    {
        int at = MaskBytes;
        for (int i = 0; i < MaskBytes; i++)
        {
            for (uint mask = bytes[i]; mask != 0; mask &= mask - 1)
            {
                ulong figure = 0;
                for (int shift = 0; ; shift += 7)
                {
                    byte part = bytes[at++];
                    figure |= (ulong)(part & 0x7f) << shift;
                    if (part < 0x80)
                        break;
                }

                Ticks.Add(ref figures[i * 8 + BitOperations.TrailingZeroCount(mask)], figure);
            }
        }
    }
}
