using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Colocate.Ingest.GuestTrace;

/// <summary>
/// Walks a metadata block of the versions before 6 as TraceEvent will, and refuses field counts that the block cannot hold: TraceEvent
/// makes arrays of that many fields before it reads the first one.
/// </summary>
/// <remarks>
/// Layout: <c>EventPipeMetadata.ReadV5OrLower</c> and <c>EventPipeEventHeader.ReadFromFormatV4</c> in <c>src/TraceEvent/EventPipe</c> of
/// microsoft/perfview. Where a record cannot be read on, the walk ends without a word: TraceEvent finds that by itself.
/// </remarks>
internal static class MetadataCheck
{
    /// <summary>Type code and terminated name.</summary>
    private const int LeastFieldBytes = 4 + 2;

    /// <summary>Structures within structures; events of .NET have one or two levels.</summary>
    private const int MaxDepth = 16;

    private const int ObjectType = 1;
    private const int ArrayType = 19;
    private const byte ParameterPayloadV2 = 2;

    /// <exception cref="InvalidDataException">A record announces more fields than it can hold.</exception>
    internal static void Check(ReadOnlySpan<byte> block)
    {
        var cursor = new Cursor(block);
        int headerBytes = cursor.Int16();
        bool isCompressed = (cursor.Int16() & 1) != 0;
        cursor.Take(headerBytes - 4);
        int payloadBytes = 0;
        while (cursor.Left > 0 && !cursor.Failed)
        {
            payloadBytes = isCompressed ? CompressedHeader(ref cursor, payloadBytes) : PlainHeader(ref cursor);
            var record = new Cursor(cursor.Take(payloadBytes));
            if (!cursor.Failed)
                CheckRecord(ref record);
        }
    }

    private static int PlainHeader(ref Cursor cursor)
    {
        // Sizes, ids, threads, time and two activity ids come before the payload's size.
        cursor.Take(76);
        return cursor.Int32();
    }

    private static int CompressedHeader(ref Cursor cursor, int payloadBytes)
    {
        int flags = cursor.Byte();
        int numbers = (flags & 1) + (3 * ((flags >> 1) & 1)) + ((flags >> 2) & 1) + ((flags >> 3) & 1);
        for (int i = 0; i <= numbers; i++)
            cursor.VarUInt();
        cursor.Take(16 * (((flags >> 4) & 1) + ((flags >> 5) & 1)));
        return (flags & 0x80) != 0 ? (int)Math.Min(int.MaxValue, cursor.VarUInt()) : payloadBytes;
    }

    private static void CheckRecord(ref Cursor record)
    {
        record.Int32();
        record.SkipText();
        record.Int32();
        record.SkipText();
        record.Take(8 + 4 + 4);
        if (record.Failed || record.Left == 0)
            return;
        CheckFields(ref record, isV2: false, 0);

        // TraceEvent forgives a fault among the fields and looks for tags from there on.
        record.Failed = false;
        while (record.Left > 0 && !record.Failed)
        {
            int bytes = record.Int32();
            byte kind = record.Byte();
            var tag = new Cursor(record.Take(bytes));
            if (!record.Failed && kind == ParameterPayloadV2)
                CheckFields(ref tag, isV2: true, 0);
        }
    }

    private static void CheckFields(ref Cursor cursor, bool isV2, int depth)
    {
        int count = cursor.Int32();
        if (count < 0 || count > cursor.Left / LeastFieldBytes || depth > MaxDepth)
            throw new InvalidDataException("an event's description announces more fields than it holds");
        for (int i = 0; i < count && !cursor.Failed; i++)
        {
            if (isV2)
            {
                var field = new Cursor(cursor.Take(cursor.Int32() - 4));
                field.SkipText();
                CheckType(ref field, isV2, depth);
                cursor.Failed |= field.Failed;
            }
            else
            {
                CheckType(ref cursor, isV2, depth);
                cursor.SkipText();
            }
        }
    }

    private static void CheckType(ref Cursor cursor, bool isV2, int depth)
    {
        int type = cursor.Int32();
        if (type == ObjectType && !cursor.Failed)
            CheckFields(ref cursor, isV2, depth + 1);
        else if (type == ArrayType && isV2 && depth <= MaxDepth)
            CheckType(ref cursor, isV2, depth + 1);
        else
            cursor.Failed |= type is not (>= 3 and < ArrayType);
    }

    /// <summary>A place in a block. A read beyond the end fails, moves nothing and yields zero.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        internal bool Failed { get; set; }

        internal readonly int Left => _rest.Length;

        internal ReadOnlySpan<byte> Take(int count)
        {
            Failed |= count < 0 || count > _rest.Length;
            if (Failed)
                return default;
            ReadOnlySpan<byte> taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }

        internal byte Byte() => Take(1) is [var value] ? value : (byte)0;

        internal short Int16() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadInt16LittleEndian(bytes) : (short)0;

        internal int Int32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

        internal ulong VarUInt()
        {
            ulong value = 0;
            byte next;
            int shift = 0;
            do
            {
                next = Byte();
                value |= (ulong)(next & 0x7F) << shift;
                shift += 7;
            }
            while ((next & 0x80) != 0 && shift < 64);
            return value;
        }

        internal void SkipText()
        {
            int length = MemoryMarshal.Cast<byte, char>(_rest).IndexOf('\0');
            Failed |= length < 0;
            Take(2 * (length + 1));
        }
    }
}
