using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Predict.Profiles;

/// <summary>Makes the solo profile of every workload from tables.</summary>
public static class SoloProfiles
{
    /// <summary>
    /// One profile a workload, in <see cref="WorkloadOrder"/>: each feature is the mean over the saturated base runs
    /// (kind <c>base</c>, nominal rate 1) that have the figure, null when none has it. A workload that has a base case
    /// but no such run, as in published tables, gets the figures of the base case alone.
    /// </summary>
    public static IReadOnlyList<SoloProfile> From(SoloTables tables)
    {
        ILookup<string, BaseRun> runs = BaseRuns(tables).ToLookup(r => r.Workload, r => r.Rows);
        return
        [
            .. runs.OrderBy(g => g.Key, WorkloadOrder.Instance).Select(g => new SoloProfile(g.Key,
                FeatureCatalogue.All.Where(f => f.Read is not null).Select(f => KeyValuePair.Create(f.Name, g.Select(f.Read!).Average())))),
        ];
    }

    private static IEnumerable<(string Workload, BaseRun Rows)> BaseRuns(SoloTables tables)
    {
        ILookup<(string, string), RunDomainRow> domains = tables.Domains.ToLookup(d => (d.Campaign, d.Run));
        ILookup<(string, string, string), DomainMetricsRow> metrics = tables.DomainMetrics.ToLookup(m => (m.Campaign, m.Run, m.Domain));
        ILookup<(string, string, string), ClientResultRow> clients = tables.Clients.ToLookup(c => (c.Campaign, c.Run, c.Domain));
        ILookup<(string, string), HostMetricsRow> hosts = tables.Hosts.ToLookup(h => (h.Campaign, h.Run));
        ILookup<(string, string), BaseCaseRow> baseCases = tables.BaseCases.ToLookup(b => (b.Campaign, b.Workload));
        var seen = new HashSet<(string, string)>();
        // Rows may come in any order, and a sum of floating-point numbers depends on it.
        foreach (RunRow run in tables.Runs.Where(r => r is { Kind: "base", RateFraction: 1 })
            .OrderBy(r => r.Campaign, StringComparer.Ordinal).ThenBy(r => r.Run, StringComparer.Ordinal))
        {
            RunDomainRow[] loaded =
                [.. domains[(run.Campaign, run.Run)].Where(d => d.Role == "guest" && d.Workload is not null and not DomainSpec.IdleWorkload)];
            if (loaded is not [{ Workload: string workload } guest])
                continue;
            RunDomainRow? driver = domains[(run.Campaign, run.Run)].Where(d => d.Role == "driver").MinBy(d => d.DomainIndex);
            seen.Add((run.Campaign, workload));
            yield return (workload, new BaseRun(
                run,
                baseCases[(run.Campaign, workload)].FirstOrDefault(),
                clients[(run.Campaign, run.Run, guest.Domain)].FirstOrDefault(),
                hosts[(run.Campaign, run.Run)].FirstOrDefault(),
                driver is null ? null : metrics[(run.Campaign, run.Run, driver.Domain)].FirstOrDefault(),
                metrics[(run.Campaign, run.Run, guest.Domain)].FirstOrDefault()));
        }

        foreach (BaseCaseRow alone in tables.BaseCases.Where(b => !seen.Contains((b.Campaign, b.Workload)))
            .OrderBy(b => b.Campaign, StringComparer.Ordinal))
            yield return (alone.Workload, new BaseRun(null, alone, null, null, null, null));
    }
}
