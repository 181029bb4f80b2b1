using Colocate.Ingest.Formats;
using Colocate.Ingest.Xenmon;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>Metrics by method C from XenMon's logs, for runs without a usable trace.</summary>
/// <remarks>
/// A domain without a row in an interval had no CPU time there. Intervals reach from one time that stands in any of the files to the next,
/// the first one from the begin of logging; means over the run weigh them by length. A domain that the manifest does not list is called domN,
/// as for a trace, and counts as one of one vcpu.
/// </remarks>
internal static class XenmonMetrics
{
    internal const string Source = "xenmon";

    private const string Method = "C", NotLogged = "XenMon does not log it", FlipsAlone = "XenMon counts page flips alone", PagesBasis = "counted_without_copies";

    /// <summary>CPU of each domain of the manifest over all intervals, of one pcpu; empty without logs.</summary>
    internal static Dictionary<string, double> MeanCpu(RunManifest run, RowSink rows)
    {
        (double StartS, double EndS)[] intervals = Intervals(rows);
        ILookup<string, XenmonSampleRow> byDomain = rows.Of<XenmonSampleRow>().ToLookup(s => s.Domain);
        return run.Domains.Where(d => byDomain.Contains(d.Name)).ToDictionary(d => d.Name, d => Whole(Readings(byDomain[d.Name], intervals, d), intervals).CpuFraction!.Value);
    }

    /// <summary>Adds metrics of every domain that has logs; nothing where a trace gave metrics, or without logs.</summary>
    internal static void Complete(RunManifest run, RowSink rows)
    {
        if (!rows.Of<XenmonSampleRow>().Any() || rows.Of<DomainMetricsRow>().Any(r => r.CpuFraction is not null))
            return;
        (double StartS, double EndS)[] intervals = Intervals(rows);
        ILookup<int, XenmonSampleRow> byDomain = rows.Of<XenmonSampleRow>().ToLookup(s => s.Domid);
        (DomainSpec Domain, List<DomainIntervalRow> Readings)[] domains = [.. Logged(run, byDomain).Select(d => (d, Readings(byDomain[d.Domid!.Value], intervals, d)))];
        DomainMetricsRow[] wholes = [.. domains.Select(d => Whole(d.Readings, intervals) with { Run = run.Run, Campaign = run.Campaign, Domain = d.Domain.Name, Domid = d.Domain.Domid!.Value })];
        foreach (DomainIntervalRow reading in domains.SelectMany(d => d.Readings))
            rows.Add(reading with { Run = run.Run, Campaign = run.Campaign });
        rows.Replace<DomainMetricsRow>(_ => wholes);

        // Without a manifest nothing told the number of pcpus; the logs name those that were used.
        int pcpus = Math.Max(run.Host.Pcpus, 1 + byDomain.Max(d => d.Max(s => s.Pcpu)));
        List<DomainIntervalRow>? idle = byDomain.Contains(XenmonFormat.IdleDomid) ? Readings(byDomain[XenmonFormat.IdleDomid], intervals, null) : null;
        HostMetricsRow whole = Host(
            new HostMetricsRow { Run = run.Run, Campaign = run.Campaign, WindowS = intervals[^1].EndS - intervals[0].StartS }, pcpus, idle is null ? null : Mean(idle, r => r.CpuFraction), wholes, wholes.FirstOrDefault(w => w.Domid == 0));
        rows.Replace<HostMetricsRow>(_ => [whole]);
        foreach ((int i, (double startS, double endS)) in intervals.Index())
        {
            DomainIntervalRow[] now = [.. domains.Select(d => d.Readings[i])];
            rows.Add(Host(new HostIntervalRow { Run = run.Run, Campaign = run.Campaign, IntervalIndex = i, StartS = startS, WindowS = endS - startS }, pcpus, idle?[i].CpuFraction, now, now.FirstOrDefault(r => r.Domid == 0)));
        }
    }

    /// <summary>Every domain that has logs: those of the manifest in its order, then the others.</summary>
    private static IEnumerable<DomainSpec> Logged(RunManifest run, ILookup<int, XenmonSampleRow> byDomain)
    {
        DomainSpec[] listed = [.. run.Domains.Where(d => d.Domid is { } domid && byDomain.Contains(domid))];
        return listed.Concat(
            from domain in byDomain
            where domain.Key != XenmonFormat.IdleDomid && !listed.Any(d => d.Domid == domain.Key)
            orderby domain.Key
            select new DomainSpec { Name = domain.First().Domain, Domid = domain.Key, Vcpus = 1, Role = domain.Key == 0 ? "driver" : "guest" });
    }

    /// <summary>The host of its domains; idle by the idle domain's log where there is one.</summary>
    private static TRow Host<TRow>(TRow row, int pcpus, double? idle, IReadOnlyList<DomainMeasures> domains, DomainMeasures? driver)
        where TRow : HostMeasures
    {
        double busy = idle is { } unused ? pcpus - unused : domains.Sum(w => w.CpuFraction!.Value);

        // XenMon adds every flip to Domain-0's as well; where that has no log, what each guest got is all there is.
        double? pages = driver is null ? domains.Sum(w => w.PagesPerS) : driver.PagesPerS;
        return row with
        {
            Method = Method, CpuSource = Source, CpuFraction = busy / pcpus, IdleFraction = 1 - (busy / pcpus), ExecutionsPerS = domains.Sum(w => w.ExecutionsPerS),
            MethodReason = NotLogged, EventChannelReason = NotLogged,
            PagesPerS = pages, PagesTransferredPerS = pages, PagesPerExecution = driver?.ExecutionsPerS > 0 ? pages / driver.ExecutionsPerS : null,
            PagesReason = FlipsAlone + (driver is null ? "; Domain-0 has no log" : driver.ExecutionsPerS > 0 ? "" : "; Domain-0 was not executed"),
        };
    }

    private static (double StartS, double EndS)[] Intervals(RowSink rows)
    {
        double[] ends = [.. rows.Of<XenmonSampleRow>().Select(s => s.TimeS).Distinct().Order()];
        return [.. ends.Select((end, i) => (i == 0 ? 0 : ends[i - 1], end))];
    }

    private static List<DomainIntervalRow> Readings(IEnumerable<XenmonSampleRow> samples, (double StartS, double EndS)[] intervals, DomainSpec? domain)
    {
        XenmonSampleRow[] all = [.. samples];
        bool moves = all.DistinctBy(s => s.Pcpu).Count() > 1;
        int vcpus = domain?.Vcpus ?? 1;
        ILookup<double, XenmonSampleRow> byTime = all.ToLookup(s => s.TimeS);
        return
        [
            .. intervals.Select((interval, i) =>
            {
                XenmonSampleRow[] now = [.. byTime[interval.EndS]];
                double executions = now.Sum(s => s.ExecutionsPerS), cpu = now.Sum(s => s.CpuFraction);
                double pages = now.Length == 0 ? 0 : domain is { Domid: 0 } ? now.Sum(s => s.PagesPerS) : now.Max(s => s.PagesPerS);
                return Explained(new DomainIntervalRow
                {
                    Domain = domain?.Name ?? "", Domid = domain?.Domid ?? 0, IntervalIndex = i, StartS = interval.StartS, WindowS = interval.EndS - interval.StartS, Method = Method, CpuSource = Source,
                    CpuFraction = cpu, CpuPerVcpuFraction = cpu / vcpus,
                    WaitFraction = now.Any(s => s.WaitFraction is null) ? null : now.Sum(s => s.WaitFraction!.Value) / vcpus,
                    BlockFraction = moves ? null : now.Sum(s => s.BlockFraction) / vcpus,
                    ExecutionsPerS = executions, CpuUsPerExecution = executions > 0 ? cpu * 1e6 / executions : null, EventChannelReason = NotLogged,
                    PagesPerS = pages, PagesTransferredPerS = pages, PagesBasis = PagesBasis, PagesPerExecution = executions > 0 ? pages / executions : null,
                });
            }),
        ];
    }

    /// <summary>The run as a whole: totals over totals, not the mean of the intervals' ratios.</summary>
    private static DomainMetricsRow Whole(List<DomainIntervalRow> readings, (double StartS, double EndS)[] intervals)
    {
        double executions = Mean(readings, r => r.ExecutionsPerS)!.Value, cpu = Mean(readings, r => r.CpuFraction)!.Value, pages = Mean(readings, r => r.PagesPerS)!.Value;
        return Explained(new DomainMetricsRow
        {
            WindowS = intervals[^1].EndS - intervals[0].StartS, Method = Method, CpuSource = Source, CpuFraction = cpu, CpuPerVcpuFraction = Mean(readings, r => r.CpuPerVcpuFraction),
            WaitFraction = Mean(readings, r => r.WaitFraction), BlockFraction = Mean(readings, r => r.BlockFraction), ExecutionsPerS = executions,
            CpuUsPerExecution = executions > 0 ? cpu * 1e6 / executions : null, EventChannelReason = NotLogged, PagesPerS = pages, PagesTransferredPerS = pages, PagesBasis = PagesBasis,
            PagesPerExecution = executions > 0 ? pages / executions : null,
        });
    }

    /// <summary>The row with the reasons of what it lacks: one column explains many figures, hence those beyond what XenMon never logs are named.</summary>
    private static TRow Explained<TRow>(TRow row)
        where TRow : DomainMeasures
    {
        string noExecution = row.CpuUsPerExecution is null ? "; there was no execution" : "";
        return row with
        {
            MethodReason = NotLogged + (row.BlockFraction is null ? "; block_fraction: it ran on several pcpus, whose books hold it blocked each by itself" : "")
                + (row.WaitFraction is null ? "; wait_fraction: XenMon misreads the records of Xen 4.8 and later" : "") + noExecution,
            PagesReason = FlipsAlone + noExecution,
        };
    }

    /// <summary>Mean weighed by the length of the intervals; null when one of them is unknown.</summary>
    private static double? Mean(List<DomainIntervalRow> readings, Func<DomainIntervalRow, double?> figure)
    {
        double lengthS = readings.Sum(r => r.WindowS);
        return readings.Any(r => figure(r) is null) ? null : lengthS > 0 ? readings.Sum(r => figure(r)!.Value * r.WindowS) / lengthS : readings.Average(r => figure(r)!.Value);
    }
}
