using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Calibration;

/// <summary>Picks the runs of a lake that a calibration may see: base, solo and idle runs. Pairs and sweeps stay unseen.</summary>
public static class CalibrationRuns
{
    /// <summary>Whether a calibration may see a run: base, solo and idle runs whose input was usable.</summary>
    public static bool MayBeSeen(RunRow run) => run.Kind is "base" or "solo" or "idle" && run.Status != "set_aside";

    /// <summary>The runs, ordered by id; those whose manifest leaves out what a simulation needs are passed over.</summary>
    public static IReadOnlyList<CalibrationRun> From(CalibrationTables tables)
    {
        ILookup<string, RunDomainRow> domains = tables.Domains.ToLookup(d => d.Run);
        ILookup<string, DomainMetricsRow> measures = tables.DomainMetrics.ToLookup(d => d.Run);
        ILookup<string, ClientResultRow> clients = tables.Clients.ToLookup(c => c.Run);
        Dictionary<string, HostMetricsRow> hosts = tables.HostMetrics.DistinctBy(h => h.Run).ToDictionary(h => h.Run);
        var runs = new List<CalibrationRun>();
        foreach (RunRow run in tables.Runs.Where(MayBeSeen).OrderBy(r => r.Run, StringComparer.Ordinal))
        {
            HostMetricsRow? host = hosts.GetValueOrDefault(run.Run);
            HostScenario? scenario = RecordedRun.Scenario(run, domains[run.Run], host?.WindowS, out _);
            if (scenario is null || scenario.Guests.Count(g => g.Client is not null) > 1)
                continue;
            int guest = scenario.Guests.Count == 0 ? -1 : scenario.Guests.Index().FirstOrDefault(g => g.Item.Client is not null).Index;
            string? name = guest < 0 ? null : scenario.Guests[guest].Domain;
            string? driver = domains[run.Run].FirstOrDefault(d => d.Role == "driver")?.Domain;
            ClientResultRow? client = clients[run.Run].FirstOrDefault(c => c.Domain == name);
            runs.Add(new CalibrationRun(
                run.Run,
                run.Campaign,
                // As for scores, only saturated runs make a base case.
                run is { Kind: "base", RateFraction: not 1 } ? "solo" : run.Kind,
                guest < 0 ? DomainSpec.IdleWorkload : scenario.Guests[guest].Workload,
                scenario,
                guest,
                new RunReading(
                    client?.ThroughputPerS,
                    client?.ReplyMs,
                    measures[run.Run].FirstOrDefault(m => m.Domain == driver),
                    measures[run.Run].FirstOrDefault(m => m.Domain == name),
                    host)));
        }

        return runs;
    }
}
