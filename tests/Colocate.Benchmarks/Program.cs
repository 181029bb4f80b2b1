using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Colocate.Benchmarks.Traces;
using Colocate.Simulate.Scenarios;
using ZstdSharp;

namespace Colocate.Benchmarks;

internal static class Program
{
    private const string Usage = """
        Colocate.Benchmarks tandem --customers N [--seed S]
        Colocate.Benchmarks hold --pending N --events M
        Colocate.Benchmarks host base|pair --seconds S
        Colocate.Benchmarks trace --mebibytes N --pcpus P --out FILE SOURCE...
        Colocate.Benchmarks read --repeats N FILE
        Colocate.Benchmarks rows --repeats N FILE
        Colocate.Benchmarks micro [options of BenchmarkDotNet]
        """;

    private static int Main(string[] args)
    {
        string? line = args switch
        {
            ["tandem", "--customers", var customers] => RunTandem(Whole(customers), seed: 1),
            ["tandem", "--customers", var customers, "--seed", var seed] => RunTandem(Whole(customers), Whole(seed)),
            ["hold", "--pending", var pending, "--events", var events] => RunHold((int)Whole(pending), Whole(events)),
            ["host", "base", "--seconds", var seconds] => RunHost(BusyHost.Base(Whole(seconds))),
            ["host", "pair", "--seconds", var seconds] => RunHost(BusyHost.Pair(Whole(seconds))),
            ["trace", "--mebibytes", var mebibytes, "--pcpus", var pcpus, "--out", var file, .. var sources] when sources.Length > 0 => WriteTrace(Whole(mebibytes), (int)Whole(pcpus), file, sources),
            ["read", "--repeats", var repeats, var file] => ReadTrace((int)Whole(repeats), file),
            ["rows", "--repeats", var repeats, var file] => WriteRows((int)Whole(repeats), file),
            ["micro", .. var rest] => Micro(rest),
            _ => null,
        };
        if (line is null)
            Console.Error.WriteLine(Usage);
        else
            Console.WriteLine(line);
        return line is null ? 2 : 0;
    }

    private static string RunTandem(long customers, long seed)
    {
        var queue = new Tandem(seed);
        return Line("tandem", () =>
        {
            queue.Run(customers);
            return (queue.Events, FormattableString.Invariant($", \"mean_sojourn_ms\": {queue.SojournNs / 1e6 / customers:F6}"));
        });
    }

    private static string RunHold(int pending, long events)
    {
        var hold = new HoldModel(pending);
        return Line("hold", () => (events, FormattableString.Invariant($", \"pending\": {pending}, \"simulated_s\": {hold.Run(events) / 1e9:F3}")));
    }

    private static string RunHost(HostScenario scenario) =>
        Line("host", () => (HostModel.Run(scenario, BusyHost.Parameters).SimEvents, FormattableString.Invariant($", \"simulated_s\": {scenario.DurationS}")));

    private static string WriteTrace(long mebibytes, int pcpus, string file, string[] sources)
    {
        var trace = new LongTrace([.. sources.Select(Decoded)], pcpus);
        using FileStream target = File.Create(file, bufferSize: 1 << 20);
        long records = trace.Write(target, mebibytes << 20);
        return FormattableString.Invariant($$"""{"file": "{{file}}", "bytes": {{target.Length}}, "records": {{records}}, "pcpus": {{pcpus}}}""");
    }

    private static string ReadTrace(int repeats, string file)
    {
        (double cpuS, double wallS, long records) = TraceReading.Least(file, repeats);
        return FormattableString.Invariant($$"""{"records": {{records}}, "least_cpu_s": {{cpuS:F3}}, "least_wall_s": {{wallS:F3}}}""");
    }

    private static string WriteRows(int repeats, string file)
    {
        (long rows, int groups, IReadOnlyList<RowWriting.Figures> ways) = RowWriting.CompareAsync(file, repeats).GetAwaiter().GetResult();
        IEnumerable<string> lines = ways.Select(w => FormattableString.Invariant(
            $$"""{"way": "{{w.Name}}", "rows": {{rows}}, "row_groups": {{groups}}, "median_wall_s": {{w.WallS.Order().ElementAt(repeats / 2):F3}}, "least_wall_s": {{w.WallS.Min():F3}}, "allocated_bytes": {{w.AllocatedBytes.Min()}}}"""));
        return string.Join('\n', lines);
    }

    private static byte[] Decoded(string path)
    {
        using Stream source = path.EndsWith(".zst", StringComparison.Ordinal) ? new DecompressionStream(File.OpenRead(path)) : File.OpenRead(path);
        using var content = new MemoryStream();
        source.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>One line of JSON, written by hand: a serializer would take longer to start than some runs. CPU time includes the runtime's compiler.</summary>
    private static string Line(string model, Func<(long Events, string More)> loop)
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        (long events, string more) = loop();
        double loopS = clock.Elapsed.TotalSeconds, loopCpuS = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        string version = FormattableString.Invariant($"{typeof(HostModel).Assembly.GetName().Version!.ToString(3)} (.NET {Environment.Version})");
        return FormattableString.Invariant($$"""{"program": "colocate", "version": "{{version}}", "model": "{{model}}", "events": {{events}}, "loop_s": {{loopS:F6}}, "loop_cpu_s": {{loopCpuS:F6}}, "events_per_s": {{events / loopS:F0}}{{more}}}""");
    }

    /// <summary>In this process: another build of the solution for every benchmark would say nothing more.</summary>
    private static string Micro(string[] options)
    {
        IConfig config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
        return string.Join('\n', BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(options, config).Select(s => s.ResultsDirectoryPath));
    }

    private static long Whole(string number) => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
}
