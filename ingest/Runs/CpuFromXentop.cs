using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentop;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>CPU as xentop saw it: the only source for runs without a trace or XenMon logs.</summary>
internal static class CpuFromXentop
{
    internal static void Complete(RunManifest run, RowSink rows)
    {
        var mean = MeanInLoadWindow(run, rows);
        var traced = rows.Of<DomainMetricsRow>().Where(r => r.CpuFraction is not null).ToDictionary(r => r.Domain);
        string reason = run.Trace is null ? "the run has no trace" : "the run's trace is not usable";
        if (rows.Of<DomainMetricsRow>().FirstOrDefault(r => r.MethodReason is not null)?.MethodReason is { } known)
            reason = known;
        rows.Replace<DomainMetricsRow>(old => old.Where(r => r.CpuFraction is not null).Concat(
            from domain in run.Domains
            where domain.Domid is not null && !traced.ContainsKey(domain.Name)
            select new DomainMetricsRow
            {
                Run = run.Run, Campaign = run.Campaign, Domain = domain.Name, Domid = domain.Domid!.Value, MethodReason = reason,
                CpuFraction = mean.TryGetValue(domain.Name, out double cpu) ? cpu : null,
                CpuSource = mean.ContainsKey(domain.Name) ? "xentop" : null,
            }));
        if (!rows.Of<HostMetricsRow>().Any(r => r.CpuFraction is not null) && run.Domains.Any(d => d.Domid is not null))
        {
            bool all = run.Domains.All(d => d.Domid is null || mean.ContainsKey(d.Name));
            rows.Replace<HostMetricsRow>(_ =>
            [
                new HostMetricsRow
                {
                    Run = run.Run, Campaign = run.Campaign, MethodReason = reason,
                    CpuFraction = all ? mean.Values.Sum() / run.Host.Pcpus : null,
                    CpuSource = all ? "xentop" : null,
                },
            ]);
        }
    }

    /// <summary>Mean CPU of each domain over the iterations inside the load, of one pcpu; without domains that have none.</summary>
    internal static Dictionary<string, double> MeanInLoadWindow(RunManifest run, RowSink rows) =>
        rows.Of<XentopSampleRow>().Where(s => s.InLoadWindow && s.CpuFraction is not null)
            .GroupBy(s => run.Domains.FirstOrDefault(d => XentopName.Matches(s.Domain, d.Name))?.Name)
            .Where(g => g.Key is not null)
            .ToDictionary(g => g.Key!, g => g.Average(s => s.CpuFraction!.Value));
}
