using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Colocate.SystemTests.Cli;
using ZstdSharp;

namespace Colocate.SystemTests.Faults;

/// <summary>Traces whose first record, a change of cpu, tells of a cpu that no host has or of more to follow than any file holds; whoever believed it would want more memory than the system gives.</summary>
public sealed class EnormousCountTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-counts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(4, 0xffff_ffffu)]
    [InlineData(4, 0x7fff_ffffu)]
    [InlineData(8, 0xffff_ffffu)]
    [InlineData(8, 0x7fff_fff0u)]
    [Trait("promise", "R6")]
    public async Task R6_Enormous_counts_in_a_header_take_no_memory_and_are_named(int at, uint count)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit on data is a hard one on Linux");
        string source = Path.Combine(SampleLabTests.Lab, "runs", "pair-1-1"), run = Directory.CreateDirectory(Path.Combine(_folder.FullName, "lab", "runs", "pair-1-1")).FullName, lake = Path.Combine(_folder.FullName, "lake");
        foreach (string file in Directory.EnumerateFiles(source).Where(f => !f.EndsWith(".zst", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(run, Path.GetFileName(file)));
        using var decompressor = new DecompressionStream(File.OpenRead(Path.Combine(source, "xentrace.bin.zst")));
        using var decoded = new MemoryStream();
        await decompressor.CopyToAsync(decoded, TestContext.Current.CancellationToken);
        byte[] bytes = decoded.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), count);
        await File.WriteAllBytesAsync(Path.Combine(run, "xentrace.bin"), bytes, TestContext.Current.CancellationToken);
        string manifest = Path.Combine(run, "run.json");
        JsonNode content = JsonNode.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))!;
        content["trace"]!["file"] = "xentrace.bin";
        await File.WriteAllTextAsync(manifest, content.ToJsonString(), TestContext.Current.CancellationToken);

        (int code, _, string error) = await ColocateProcess.RunBehindAsync("ulimit -d 524288; exec", "ingest", Path.Combine(_folder.FullName, "lab"), "--lake", lake, "--jobs", "1");
        Assert.True(code == 3, error);
        Assert.Contains("xentrace.bin", error, StringComparison.Ordinal);
        Assert.Equal(0, (await ColocateProcess.RunAsync("check", "--lake", lake)).Code);
    }
}
