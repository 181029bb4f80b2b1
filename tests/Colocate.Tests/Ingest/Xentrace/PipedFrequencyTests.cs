using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>A pipe cannot be read twice, and tells the TSC frequency all the same: what it says first is held until it has.</summary>
public sealed class PipedFrequencyTests
{
    [Fact]
    public void A_trace_from_a_pipe_shows_the_frequency_that_the_file_shows_and_the_same_rows()
    {
        // Turns of 2 ms at 2.6 GHz; a megabyte of them, in windows of a hundred.
        var trace = new TraceWriter();
        for (ulong window = 0; window < 70; window++)
        {
            trace.Window(0, w =>
            {
                for (ulong i = 0; i < 100; i++)
                    w.Switch((window * 100 + i + 1) * 5_200_000, i % 2 == 0 ? 1u : TraceWriter.Idle, i % 2 == 0 ? TraceWriter.Idle : 1u, 1, 2_000_000);
            });
        }

        byte[] bytes = trace.ToArray();
        (RowSink file, InputContext opened) = TraceReading.Read(() => new MemoryStream(bytes));
        var piped = new RowSink();
        var context = new InputContext { Run = TraceReading.Unnamed(), Settings = new IngestSettings(), Findings = new FindingLog("stdin") };
        new XentraceFormat().Read(new MemoryStream(bytes), context, piped, CancellationToken.None);
        Reading.MakeRows(piped);

        Assert.Equal("calibrated", context.Trace!.TscHzSource);
        Assert.Equal((2.6e9, 2.6e9), (opened.Trace!.TscHz, context.Trace.TscHz));
        Assert.Equal((opened.Bytes.Parsed, opened.Bytes.Skipped, opened.Bytes.Records), (context.Bytes.Parsed, context.Bytes.Skipped, context.Bytes.Records));
        Assert.Equal(file.Of<DomainMetricsRow>(), piped.Of<DomainMetricsRow>());
        Assert.Equal(file.Of<HostIntervalRow>(), piped.Of<HostIntervalRow>());
    }

    [Fact]
    public void A_pipe_that_does_not_show_it_says_why()
    {
        byte[] trace = new TraceWriter().Window(0, w => w.Runstate(0, 1, 0, 1, 0).Runstate(1000, 1, 0, 0, 2)).ToArray();
        var context = new InputContext { Run = TraceReading.Unnamed(), Settings = new IngestSettings(), Findings = new FindingLog("stdin") };
        new XentraceFormat().Read(new MemoryStream(trace), context, new RowSink(), CancellationToken.None);
        Finding none = Assert.Single(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceNoFrequency);
        Assert.StartsWith("no TSC frequency is given, and the trace does not show it: 0 runs", none.Detail, StringComparison.Ordinal);
    }
}
