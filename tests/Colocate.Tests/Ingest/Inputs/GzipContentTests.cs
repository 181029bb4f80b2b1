using System.IO.Compression;
using System.Text;
using Colocate.Ingest.Inputs;
using Colocate.Model.Diagnostics;

namespace Colocate.Tests.Ingest.Inputs;

/// <summary>What gzip files yield, whole and harmed: damage is found as it is in zstd files.</summary>
public sealed class GzipContentTests
{
    private const string Cut = "it ends early", Follows = "behind its end follows what is no gzip data", Checksum = "the content does not fit the checksum at its end";

    private static readonly byte[] s_content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i * 7919 % 10007}\n")));

    /// <summary>A member without content, as gzip makes it of an empty file; the runtime's packer makes none.</summary>
    private static readonly byte[] s_empty = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void Whole_files_yield_their_content_of_any_number_of_members_in_any_pieces()
    {
        byte[] half = Pack(s_content[..70_000]), rest = Pack(s_content[70_000..]);
        foreach (int piece in (int[])[1, 7, 9, 4096, int.MaxValue])
        {
            Assert.Equal((s_content, null), Read(Pack(s_content), piece), Same);
            Assert.Equal((s_content, null), Read([.. half, .. s_empty, .. rest], piece), Same);
            Assert.Equal(([], null), Read(s_empty, piece), Same);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_yields_what_came_before_and_says_so()
    {
        byte[] whole = [.. Pack(s_content[..3000]), .. Pack(s_content[3000..5000])];
        int second = Pack(s_content[..3000]).Length;
        for (int length = 2; length < whole.Length; length++)
        {
            (byte[] content, string? detail) = Read(whole[..length]);
            Assert.Equal(s_content[..content.Length], content);

            // Where a member ends, a shorter file is a whole one; of the next one's two first bytes, one alone is no sign of it.
            if (length == second)
                Assert.Null(detail);
            else
                Assert.Contains(detail, length == second + 1 ? (string[])[Cut, Follows] : [Cut]);
            if (length >= whole.Length - 8)
                Assert.Equal(5000, content.Length);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(200_000)]
    public void What_follows_the_end_is_told_wherever_it_begins(int bytes)
    {
        byte[] whole = Pack(s_content), junk = [.. Enumerable.Repeat((byte)'x', bytes)];
        foreach (int piece in (int[])[1, whole.Length, int.MaxValue])
            Assert.Equal((s_content, Follows), Read([.. whole, .. junk], piece), Same);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    public void A_wrong_checksum_or_length_is_told_behind_all_of_the_content(int fromEnd)
    {
        byte[] file = Pack(s_content);
        file[^fromEnd] ^= 1;
        Assert.Equal((s_content, Checksum), Read(file), Same);
    }

    private static bool Same((byte[] Content, string? Detail) x, (byte[] Content, string? Detail) y) => x.Content.AsSpan().SequenceEqual(y.Content) && x.Detail == y.Detail;

    /// <summary>The content of a file and the detail of its only finding, through the stream that every format reads from.</summary>
    private static (byte[] Content, string? Detail) Read(byte[] file, int pieceBytes = int.MaxValue)
    {
        var findings = new FindingLog(null);
        Stream raw = new DrippingStream(file, pieceBytes);
        using var content = new DecodedStream(Compressions.Decode(raw, Compression.Gzip), findings);
        using var read = new MemoryStream();
        content.CopyTo(read);
        Assert.All(findings.ToList(), f => Assert.Equal(DiagnosticCatalogue.FileCompression, f.Kind));
        Assert.Equal(read.Length, content.Count);
        return (read.ToArray(), findings.ToList().SingleOrDefault()?.Detail);
    }

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Optimal))
            packing.Write(content);
        return packed.ToArray();
    }
}
