using System.Buffers.Binary;
using System.Numerics;

namespace Colocate.Ingest.Inputs;

/// <summary>Says what unknown content looks like, to point at the mistake that made it.</summary>
internal static class ContentLook
{
    /// <summary>Bytes of a record of Xen 3.1 and older as its xentrace wrote it, pcpu first: of 32-bit and of 64-bit Xen.</summary>
    private static readonly int[] s_oldRecordBytes = [36, 60];

    internal static string Of(ReadOnlySpan<byte> head) => head switch
    {
        [] => "nothing at all",
        [0xfd, (byte)'7', (byte)'z', ..] => "an xz file: decompress it first",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "a bzip2 file: decompress it first",
        [(byte)'P', (byte)'K', ..] => "a zip archive: unpack it first",
        [0x1f, 0x8b, ..] or [0x28, 0xb5, 0x2f, 0xfd, ..] => "a file that was compressed twice: decompress it once",
        [0xff, 0xfe, ..] or [0xfe, 0xff, ..] => "text in UTF-16, as PowerShell writes it: convert it with `iconv -f UTF-16 -t UTF-8`",
        [0x20, 0x01, 0xf0, 0x03, ..] => "a big-endian xentrace file, which is not supported",
        _ when IsOfXenalyze(head) => "the output of xenalyze, which is no input: give the trace that it was made from",
        _ when IsOldTrace(head) => "a trace of Xen 3.1 or older, whose records are of another kind",
        _ when head.IndexOf((ReadOnlySpan<byte>)[0x03, 0xf0, 0x01, 0x20]) > 0 => "an xentrace file after something else: cut off what stands before its first CPU_CHANGE record (03 f0 01 20)",
        _ when head.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) is var i && (i < 0 || (i > 0 && head[i] is (byte)'\n' or (byte)'\r' or (byte)'\t')) => "text",
        _ => "unknown bytes",
    };

    /// <summary>Its summary begins with the length of the trace (<c>tools/xentrace/xenalyze.c</c>, <c>summary</c>); messages may stand before it.</summary>
    private static bool IsOfXenalyze(ReadOnlySpan<byte> head) => head.IndexOf("--- Log volume summary ---"u8) >= 0 || head.IndexOf(" seconds (using cpu speed "u8) >= 0;

    /// <summary>Records of one length, each with a small pcpu, then a time of eight bytes and an event of one class.</summary>
    private static bool IsOldTrace(ReadOnlySpan<byte> head)
    {
        foreach (int size in s_oldRecordBytes)
        {
            int records = 0;
            while ((records + 1) * size <= head.Length && records < 4 && IsOldRecord(head[(records * size)..]))
                records++;
            if (records == 4)
                return true;
        }

        return false;
    }

    private static bool IsOldRecord(ReadOnlySpan<byte> record)
    {
        uint eventId = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(record) < 4096 && eventId >> 28 == 0 && BitOperations.IsPow2(eventId >> 16 & 0xfff);
    }
}
