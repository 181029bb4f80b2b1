using System.Diagnostics;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;

namespace Colocate.Benchmarks.Traces;

/// <summary>Reads a trace over and over in one process: what decoding, counting and replaying take once everything is compiled, without digest and tables.</summary>
internal static class TraceReading
{
    /// <summary>The least CPU time and the least time of all readings but the first, in seconds; and records of one.</summary>
    internal static (double CpuS, double WallS, long Records) Least(string file, int repeats)
    {
        (double cpuS, double wallS, long records) = (double.MaxValue, double.MaxValue, 0);
        for (int i = 0; i <= repeats; i++)
        {
            using FileStream content = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 18, FileOptions.SequentialScan);
            var context = new InputContext { Run = Nameless, Settings = new IngestSettings { TscHz = 2_596_142_000 }, Findings = new FindingLog(file) };
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            new XentraceFormat().Read(content, context, new RowSink(), CancellationToken.None);
            if (i > 0)
                (cpuS, wallS) = (Math.Min(cpuS, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds), Math.Min(wallS, clock.Elapsed.TotalSeconds));
            records = context.Bytes.Records;
        }

        return (cpuS, wallS, records);
    }

    /// <summary>A run that says nothing about itself.</summary>
    internal static RunManifest Nameless => new() { Run = "run", Campaign = "", Kind = RunKind.Idle, KindDeclared = "idle", Host = new HostSpec { Pcpus = 1 }, Domains = [] };
}
