using System.IO.Compression;
using System.Security.Cryptography;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Model.Diagnostics;
using CsCheck;
using ZstdSharp;

namespace Colocate.Tests.Ingest.Inputs;

/// <summary>A large file is decoded and hashed from one reading: content and digest are those of reading it twice, however much of it is used.</summary>
public sealed class OneReadingTests : IDisposable
{
    /// <summary>Above what is read without a thread even when it is compressed: random bytes do not shrink.</summary>
    private const int ContentBytes = 11_000_003;

    private static readonly byte[] s_content = Content();

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Compressed => ["plain", "gzip", "zstd"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Compressed))]
    public void Content_and_digest_are_those_of_the_file_however_much_is_read(string compression)
    {
        byte[] file = Pack(compression, s_content);
        File.WriteAllBytes(_folder.File("trace"), file);
        Gen.Select(Gen.Int[0, 100], Gen.Int[1, 2_000_000]).Sample(
            (percent, atATime) =>
            {
                InputFile input = InputFile.Find(_folder.Path, "", "trace", InputRole.Trace);
                var findings = new FindingLog(null);
                using DecodedStream stream = input.OpenOnce(findings, out Compression found);
                Assert.Equal(compression, found.ToString().ToLowerInvariant());
                byte[] buffer = new byte[atATime];
                long read = 0;
                int got;
                while (read < (long)s_content.Length * percent / 100 && (got = stream.Read(buffer)) > 0)
                {
                    Assert.True(s_content.AsSpan((int)read, got).SequenceEqual(buffer.AsSpan(0, got)));
                    read += got;
                }

                input.TakeDigest(stream);
                Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(file)), (long)file.Length), (input.Digest!.Value.Sha256, input.Digest.Value.Bytes));
                Assert.Empty(findings.ToList());
            },
            iter: 12);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void A_damaged_file_yields_what_came_before_the_damage_a_finding_and_the_digest_of_all_of_it(string compression)
    {
        byte[] file = Pack(compression, s_content);
        file = file[..^2_000_000];
        file.AsSpan(^300_000..).Clear();
        File.WriteAllBytes(_folder.File("trace"), file);
        InputFile input = InputFile.Find(_folder.Path, "", "trace", InputRole.Trace);
        var findings = new FindingLog(null);
        using DecodedStream stream = input.OpenOnce(findings, out _);
        var read = new MemoryStream();
        stream.CopyTo(read);
        input.TakeDigest(stream);
        Assert.InRange(read.Length, 5_000_000, s_content.Length - 1);
        Assert.True(s_content.AsSpan(0, 5_000_000).SequenceEqual(read.GetBuffer().AsSpan(0, 5_000_000)));
        Assert.Equal([DiagnosticCatalogue.FileCompression], findings.ToList().Select(f => f.Kind));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), input.Digest!.Value.Sha256);
    }

    private static byte[] Pack(string compression, byte[] content)
    {
        var packed = new MemoryStream();
        using (Stream packing = compression switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "zstd" => new CompressionStream(packed, level: 1),
            _ => new BufferedStream(packed),
        })
        {
            packing.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Content()
    {
        byte[] bytes = new byte[ContentBytes];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
