using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentop;
using Colocate.Model.Metrics;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>CPU as xentop saw it: the only source for runs without a trace or XenMon logs.</summary>
internal static class CpuFromXentop
{
    private const string NameIsCut = "; xentop shows several domains by its name, cut";

    internal static void Complete(RunManifest run, RowSink rows)
    {
        var mean = MeanInLoadWindow(run, rows);
        var traced = rows.Of<DomainMetricsRow>().Where(r => r.CpuFraction is not null).ToDictionary(r => r.Domain);
        string reason = run.Trace is null ? "the run has no trace" : "the run's trace is not usable";
        if (rows.Of<DomainMetricsRow>().FirstOrDefault(r => r.CpuFraction is null && r.MethodReason is not null)?.MethodReason is { } known)
            reason = known;
        rows.Replace<DomainMetricsRow>(old => old.Where(r => r.CpuFraction is not null).Concat(
            from domain in run.Domains
            where domain.Domid is not null && !traced.ContainsKey(domain.Name)
            select Unmeasured.Domain(
                new DomainMetricsRow
                {
                    Run = run.Run, Campaign = run.Campaign, Domain = domain.Name, Domid = domain.Domid!.Value,
                    CpuFraction = mean.TryGetValue(domain.Name, out double cpu) ? cpu : null,
                    CpuSource = mean.ContainsKey(domain.Name) ? "xentop" : null,
                },
                reason + (IsCutAlike(domain, rows) ? NameIsCut : ""))));
        CompleteHost(run, rows, mean, reason);
    }

    /// <summary>True when xentop shows several domains by the name that it cut this one's to.</summary>
    private static bool IsCutAlike(DomainSpec domain, RowSink rows) => rows.Of<XentopSampleRow>().Any(s => s.Occurrence > 0 && XentopName.Matches(s.Domain, domain.Name));

    /// <summary>The host has CPU where all its domains have; what a trace without run states told of it stays.</summary>
    private static void CompleteHost(RunManifest run, RowSink rows, Dictionary<string, double> mean, string reason)
    {
        bool isListed = run.Domains.Any(d => d.Domid is not null);
        HostMetricsRow? host = rows.Of<HostMetricsRow>().FirstOrDefault();
        if (host?.CpuFraction is not null || (host is null && !isListed))
            return;
        bool all = isListed && run.Domains.All(d => d.Domid is null || mean.ContainsKey(d.Name));
        host = (host ?? new HostMetricsRow { Run = run.Run, Campaign = run.Campaign }) with
        {
            CpuFraction = all ? mean.Values.Sum() / run.Host.Pcpus : null, CpuSource = all ? "xentop" : null,
        };
        rows.Replace<HostMetricsRow>(_ => [Unmeasured.Host(host, reason)]);
    }

    /// <summary>Mean CPU of each domain over the iterations inside the load, of one pcpu; without domains that have none, and without those whose names are cut alike: nothing tells whose line is whose.</summary>
    internal static Dictionary<string, double> MeanInLoadWindow(RunManifest run, RowSink rows) =>
        rows.Of<XentopSampleRow>().Where(s => s.InLoadWindow && s.CpuFraction is not null)
            .GroupBy(s => run.Domains.FirstOrDefault(d => XentopName.Matches(s.Domain, d.Name))?.Name)
            .Where(g => g.Key is not null && g.All(s => s.Occurrence == 0))
            .ToDictionary(g => g.Key!, g => g.Average(s => s.CpuFraction!.Value));
}
