using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Experiments;

/// <summary>What is worth simulating for a lab: its measured runs of several guests or of guests with shares of their own, every pair of its workloads, its sweeps on a finer grid.</summary>
public static class LabPlan
{
    private const double RateStep = 0.1;

    /// <summary>The experiments, in order of kind and name.</summary>
    /// <param name="host">The calibrated host.</param>
    /// <param name="runs">Table <c>runs</c>.</param>
    /// <param name="domains">Table <c>run_domains</c>.</param>
    /// <param name="hostMetrics">Table <c>host_metrics</c>: the window of each trace.</param>
    public static IReadOnlyList<Experiment> Of(CalibratedHost host, IEnumerable<RunRow> runs, IEnumerable<RunDomainRow> domains, IEnumerable<HostMetricsRow> hostMetrics)
    {
        RunDomainRow[] allDomains = [.. domains];
        ILookup<string, RunDomainRow> domainsOf = allDomains.ToLookup(d => d.Run);
        RunRow[] together = [.. runs.Where(r => r.Kind is "weight" or "cap" || domainsOf[r.Run].Count(IsLoaded) > 1)];
        WorkloadPair[] swept = [.. together.Where(r => r.Kind == "sweep").Select(r => PairOf(domainsOf[r.Run])).Where(p => p is not null).Select(p => p!.Value).Distinct().Order()];
        return
        [
            .. Measured(together, allDomains, hostMetrics),
            .. WorkloadPair.All(host.Workloads.Select(w => w.Workload)).Select(p => new Experiment($"pair/{p.A}+{p.B}", "pair", null, 1, Pair(host, p, 1))),
            .. from pair in swept
               where host.Find(pair.A) is not null && host.Find(pair.B) is not null
               from rate in Enumerable.Range(1, (int)(1 / RateStep)).Select(step => Math.Round(step * RateStep, 6))
               select new Experiment(FormattableString.Invariant($"sweep/{pair.A}+{pair.B}@{rate:0.00}"), "sweep", null, rate, Pair(host, pair, rate)),
        ];
    }

    /// <summary>Runs as they were measured, by id; those whose manifest leaves out what a simulation needs are passed over.</summary>
    public static IReadOnlyList<Experiment> Measured(IEnumerable<RunRow> runs, IEnumerable<RunDomainRow> domains, IEnumerable<HostMetricsRow> hostMetrics)
    {
        ILookup<string, RunDomainRow> domainsOf = domains.ToLookup(d => d.Run);
        Dictionary<string, double?> windows = hostMetrics.DistinctBy(h => h.Run).ToDictionary(h => h.Run, h => h.WindowS);
        return
        [
            .. from run in runs.OrderBy(r => r.Run, StringComparer.Ordinal)
               let scenario = RecordedRun.Scenario(run, domainsOf[run.Run], windows.GetValueOrDefault(run.Run), out _)
               where scenario is not null
               select new Experiment($"like/{run.Run}", "like", run.Run, run.RateFraction, scenario),
        ];
    }

    private static HostScenario Pair(CalibratedHost host, WorkloadPair pair, double rateFraction) => WhatIf.Scenario(host, [(pair.A, rateFraction), (pair.B, rateFraction)]);

    private static bool IsLoaded(RunDomainRow domain) => domain.Role != "driver" && domain.Workload is not null and not DomainSpec.IdleWorkload;

    private static WorkloadPair? PairOf(IEnumerable<RunDomainRow> domains) =>
        domains.Where(IsLoaded).Select(d => d.Workload!).ToArray() is [var a, var b] ? WorkloadPair.Of(a, b) : null;
}
