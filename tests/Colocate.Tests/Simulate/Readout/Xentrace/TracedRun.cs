using Colocate.Ingest.Formats;
using Colocate.Model.Tables;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Readout.Xentrace;
using Colocate.Simulate.Scenarios;
using Colocate.Tests.Ingest.Xentrace;
using Colocate.Tests.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Readout.Xentrace;

/// <summary>A run of the small host, its own readout, and its trace.</summary>
internal sealed record TracedRun(ScenarioResult Result, byte[] Trace)
{
    public static TracedRun Of(HostScenario scenario, long tscHz = XentraceWriter.DefaultTscHz)
    {
        using var stream = new MemoryStream();
        HostModel model = SmallHost.Model(scenario);
        ScenarioResult result = model.Run(new XentraceWriter(stream, model.VcpuIds, scenario.Pcpus, tscHz), TestContext.Current.CancellationToken);
        return new TracedRun(result, stream.ToArray());
    }

    /// <summary>What ingest makes of a trace that it finds nothing wrong with.</summary>
    public static RowSink Ingest(byte[] trace, double? tscHz = XentraceWriter.DefaultTscHz)
    {
        (RowSink rows, InputContext context) = TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: tscHz));
        Assert.Empty(context.Findings.ToList());
        Assert.Equal((trace.Length, 0, 0), (context.Bytes.Parsed, context.Bytes.Skipped, context.Bytes.LostRecords));
        return rows;
    }

    /// <summary>Run states of each vcpu in cycles, and its counts, by domain and number.</summary>
    public static SortedDictionary<(int Domid, long Vcpu), (long[] States, long[] Counts)> Vcpus(RowSink rows) =>
        new(rows.Of<VcpuStateRow>().ToDictionary(
            r => (r.Domid, (long)r.Vcpu),
            r => ((long[])[r.RunningCycles, r.RunnableCycles, r.BlockedCycles, r.OfflineCycles], (long[])[r.Executions, r.Wakes, r.LostCycles])));
}
