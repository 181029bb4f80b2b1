namespace Colocate.Ingest.Xentop;

/// <summary>Tells when a cumulative figure of a domain fell, which begins a new series: it was restarted, or a device was plugged in anew.</summary>
internal sealed class XentopSeries
{
    private static readonly string[] s_counters = ["CPU(sec)", "NETTX(k)", "NETRX(k)", "VBD_OO", "VBD_RD", "VBD_WR", "VBD_RSECT", "VBD_WSECT"];

    private readonly Dictionary<(string Name, int Occurrence), (double?[] Counters, int Series)> _last = [];

    /// <summary>The series that a domain's next line belongs to, from 0 on.</summary>
    internal int Of((string Name, int Occurrence) domain, XentopLine line)
    {
        double?[] counters = [.. s_counters.Select(line.Number)];
        int series = _last.TryGetValue(domain, out (double?[] Counters, int Series) last) ? last.Series + (counters.Zip(last.Counters).Any(c => c.First < c.Second) ? 1 : 0) : 0;
        _last[domain] = (counters, series);
        return series;
    }
}
