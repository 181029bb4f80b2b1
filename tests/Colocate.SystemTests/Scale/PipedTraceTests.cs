using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Colocate.Benchmarks.Traces;
using Colocate.SystemTests.Cli;
using ZstdSharp;

namespace Colocate.SystemTests.Scale;

/// <summary>Promise R12: memory is bounded by settings, not by what comes in. The system refuses the process more than it may have, so that exceeding it is death, not a figure.</summary>
public sealed class PipedTraceTests : IDisposable
{
    private const long TraceBytes = 2L << 30, MostBytes = 512L << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-pipe-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("promise", "R12")]
    public async Task R12_A_trace_of_two_gigabytes_from_a_pipe_takes_less_than_512_megabytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit on data is a hard one on Linux, and the highest memory of a process is read from /proc");
        using var decompressor = new DecompressionStream(File.OpenRead(Path.Combine(SampleLabTests.Lab, "runs", "pair-1-1", "xentrace.bin.zst")));
        using var source = new MemoryStream();
        await decompressor.CopyToAsync(source, TestContext.Current.CancellationToken);
        string lake = Path.Combine(_folder.FullName, "lake");

        var clock = Stopwatch.StartNew();
        using Process process = ColocateProcess.StartBehind(FormattableString.Invariant($"ulimit -d {MostBytes >> 10}; exec"), isFed: true, "ingest", "-", "--lake", lake, "--assume", "run=piped", "--assume", "tsc_hz=2596142000", "--assume", "xen=Xen 4.17.7", "--assume", "pcpus=4", "-q");
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        long highest = 0;
        Task feeding = Task.Run(() =>
        {
            using Stream pipe = process.StandardInput.BaseStream;
            new LongTrace([source.ToArray()], 4).Write(pipe, TraceBytes);
        }, TestContext.Current.CancellationToken);
        while (!process.HasExited)
        {
            highest = Math.Max(highest, HighestMemory(process.Id));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await feeding;
        Assert.True(process.ExitCode is 0 or 3, await error);
        Assert.Equal(1, (int)JsonNode.Parse(await output)!["done"]!);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{highest >> 20} MB at most, {TraceBytes / 1e6 / clock.Elapsed.TotalSeconds:F0} MB/s"));
        Assert.InRange(highest, 32L << 20, MostBytes);

        (_, string files, _) = await ColocateProcess.RunAsync("query", "select file, bytes, decoded_bytes, parsed_bytes + skipped_bytes + set_aside_bytes as accounted from input_files", "--lake", lake, "--format", "json");
        JsonNode file = JsonNode.Parse(files)!;
        Assert.Equal("stdin", (string)file["file"]!);
        Assert.True((long)file["bytes"]! >= TraceBytes);
        Assert.Equal((long)file["bytes"]!, (long)file["decoded_bytes"]!);
        Assert.Equal((long)file["bytes"]!, (long)file["accounted"]!);
    }

    /// <summary>The most resident memory that a process ever had, in bytes; 0 when it has just ended.</summary>
    private static long HighestMemory(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].TrimStart('\t'), CultureInfo.InvariantCulture) << 10;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
