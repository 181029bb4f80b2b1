using System.Globalization;
using Colocate.Tests.Ingest.Xentrace;

namespace Colocate.Tests.Simulate.Readout.Xentrace;

/// <summary>The records of a trace as lines: pcpu, ticks since the clock's first second, event, words; in the order of time.</summary>
internal static class RecordLines
{
    public static List<(int Pcpu, long Ticks, string Text)> Of(byte[] trace, long tscHz)
    {
        var records = new List<(int Pcpu, long Ticks, string Text)>();
        using var content = new MemoryStream(trace);
        Assert.Empty(RecordSink.Read(content, (pcpu, eventId, tsc, payload) => records.Add((pcpu, (long)tsc - tscHz, Text(eventId, payload)))).ToList());
        return [.. records.OrderBy(r => r.Ticks)];
    }

    private static string Text(uint eventId, ReadOnlySpan<uint> payload) => string.Join(
        ' ', [eventId.ToString("x", CultureInfo.InvariantCulture), .. payload.ToArray().Select(w => w.ToString("x", CultureInfo.InvariantCulture))]);
}
