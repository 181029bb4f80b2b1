using System.Globalization;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;

namespace Colocate.Tests.Simulate.Readout.Xentrace;

/// <summary>The records of a trace as lines: pcpu, ticks since the clock's first second, event, words; in the order of time.</summary>
internal sealed class RecordLines(long tscHz) : IRecordSink
{
    private readonly List<(int Pcpu, long Ticks, string Text)> _records = [];

    public static List<(int Pcpu, long Ticks, string Text)> Of(byte[] trace, long tscHz)
    {
        var lines = new RecordLines(tscHz);
        var findings = new FindingLog("trace");
        using var content = new MemoryStream(trace);
        Assert.True(XentraceReader.Read(content, lines, findings, new ByteAccount(), IngestSettings.DefaultMaxHeldBytes, TestContext.Current.CancellationToken));
        Assert.Empty(findings.ToList());
        return lines._records;
    }

    public void OnRecord(int pcpu, uint eventId, ulong tsc, ReadOnlySpan<uint> payload) =>
        _records.Add((pcpu, (long)tsc - tscHz, string.Join(' ', [eventId.ToString("x", CultureInfo.InvariantCulture), .. payload.ToArray().Select(w => w.ToString("x", CultureInfo.InvariantCulture))])));
}
