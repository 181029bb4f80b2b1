using System.Globalization;
using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>Holds what two sources tell of the same quantity of a run against each other: one row each, and a finding where they disagree.</summary>
internal static class CrossChecks
{
    internal const string Agree = "agree", Disagree = "disagree", NotCompared = "not_compared";

    /// <summary>Tools look at slightly different windows; beyond this difference (of one pcpu) one of them is wrong.</summary>
    private const double CpuTolerance = 0.05;

    /// <summary>Begin and end of a client's test and of a guest's trace are set by hand or script: they lie up to a second apart.</summary>
    private const double WindowShiftS = 1;

    private const string CpuToleranceSource = "windows of the two tools differ: five points of one pcpu",
        ThroughputToleranceSource = "windows shifted by 1 s, requests with one end in the trace, and those that the client gave up";

    /// <summary>Adds the rows; only rows of metrics, samples, clients and guests are read.</summary>
    internal static void Add(RunManifest run, RowSink rows, FindingLog findings)
    {
        foreach (CrossCheckRow row in Cpu(run, rows).Concat(Throughput(run, rows)).Select(Judge))
        {
            rows.Add(row with { Run = run.Run, Campaign = run.Campaign });
            if (row.Verdict == Disagree)
                findings.Add(row.Quantity == "cpu_fraction" ? DiagnosticCatalogue.CpuDisagrees : DiagnosticCatalogue.ThroughputDisagrees, detail: Describe(row));
        }
    }

    private static IEnumerable<CrossCheckRow> Cpu(RunManifest run, RowSink rows)
    {
        Dictionary<string, double> traced = rows.Of<DomainMetricsRow>().Where(r => r.CpuFraction is not null && r.CpuSource == "trace").ToDictionary(r => r.Domain, r => r.CpuFraction!.Value);
        Dictionary<string, double> xenmon = XenmonMetrics.MeanCpu(run, rows), xentop = CpuFromXentop.MeanInLoadWindow(run, rows);
        (string Name, Dictionary<string, double> Values)[] sources = [.. new[] { ("trace", traced), (XenmonMetrics.Source, xenmon), ("xentop", xentop) }.Where(s => s.Item2.Count > 0)];
        if (sources.Length == 0 || (sources.Length == 1 && run.Trace is null && run.Xentop is null))
            yield break;
        if (sources.Length == 1)
            sources = sources[0].Name == "xentop" ? [("trace", []), sources[0]] : [sources[0], ("xentop", [])];
        foreach (DomainSpec domain in run.Domains.Where(d => d.Domid is not null))
        {
            foreach ((string name, Dictionary<string, double> values) in sources[1..])
            {
                yield return new CrossCheckRow
                {
                    Domain = domain.Name, Quantity = "cpu_fraction", FirstSource = sources[0].Name, FirstValue = Value(sources[0].Values, domain), SecondSource = name, SecondValue = Value(values, domain),
                    Tolerance = CpuTolerance, ToleranceSource = CpuToleranceSource,
                };
            }
        }

        static double? Value(Dictionary<string, double> values, DomainSpec domain) => values.TryGetValue(domain.Name, out double value) ? value : null;
    }

    private static IEnumerable<CrossCheckRow> Throughput(RunManifest run, RowSink rows)
    {
        Dictionary<string, ClientResultRow> clients = rows.Of<ClientResultRow>().DistinctBy(c => c.Domain).ToDictionary(c => c.Domain);
        Dictionary<string, GuestResultRow> guests = rows.Of<GuestResultRow>().DistinctBy(g => g.Domain).ToDictionary(g => g.Domain);
        foreach (DomainSpec domain in run.Domains.Where(d => d.GuestTraceFile is not null))
        {
            ClientResultRow? client = clients.GetValueOrDefault(domain.Name);
            GuestResultRow? guest = guests.GetValueOrDefault(domain.Name);
            double? shortestS = client is null || guest is null ? null : Math.Min(client.DurationS, guest.WindowS);
            yield return new CrossCheckRow
            {
                Domain = domain.Name, Quantity = "replies_per_s", FirstSource = "client", FirstValue = client?.ThroughputPerS, SecondSource = "guest_trace", SecondValue = guest?.RequestsPerS,
                Tolerance = shortestS > 0 ? ((client!.ThroughputPerS * WindowShiftS) + guest!.UnpairedRequests + (client.Errors ?? 0)) / shortestS : null, ToleranceSource = ThroughputToleranceSource,
            };
        }
    }

    private static CrossCheckRow Judge(CrossCheckRow row)
    {
        if (row.SecondValue - row.FirstValue is not { } difference || row.Tolerance is not { } tolerance)
            return row with { Verdict = NotCompared, Tolerance = null, Reason = $"{(row.FirstValue is null ? row.FirstSource : row.SecondSource)} does not tell" };
        return row with { Difference = difference, Verdict = Math.Abs(difference) <= tolerance ? Agree : Disagree };
    }

    private static string Describe(CrossCheckRow row)
    {
        string Figure(double? value) => row.Quantity == "cpu_fraction" ? string.Create(CultureInfo.InvariantCulture, $"{value:P1}") : string.Create(CultureInfo.InvariantCulture, $"{value:F1}/s");
        return $"{row.Domain}: {row.FirstSource} {Figure(row.FirstValue)}, {row.SecondSource} {Figure(row.SecondValue)}, tolerance {Figure(row.Tolerance)}";
    }
}
