using Colocate.Model.Runs;
using Colocate.Model.Scores;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Guests;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Calibration;

/// <summary>From a calibration to the host it describes.</summary>
public static class FittedHost
{
    /// <summary>Replicas of a base run for each accepted vector.</summary>
    private const int BaseReplicas = 2;

    /// <summary>
    /// The host that the base runs ran on, its workloads, and B of each as the simulator has it: the same base runs simulated as pairs will be,
    /// so that what the simulator gets wrong alone does not count as interference. Runs on another kind of host than the first base run are left
    /// out of account; so are workloads that were never answered, measured or simulated, for nothing can be held against them.
    /// </summary>
    /// <param name="result">The calibration.</param>
    /// <param name="settings">How pairs will be simulated.</param>
    /// <param name="seed">Seed of the calibration.</param>
    /// <param name="rule">How the base runs of a campaign make B, as for measured scores.</param>
    /// <param name="cancellation">Ends it.</param>
    public static CalibratedHost From(CalibrationResult result, ExperimentSettings settings, long seed, BaseRule rule = BaseRule.Mean, CancellationToken cancellation = default)
    {
        CalibrationRun[] bases = Bases(result);
        HostScenario first = bases[0].Scenario;
        var credit = new CreditSettings();
        double[] durations = [.. bases.Select(r => r.Scenario.DurationS).Order()];
        var host = new CalibratedHost
        {
            Parameters = result.Parameters,
            Fitted = result.Fitted,
            Workloads = [.. bases.GroupBy(r => r.Workload).OrderBy(w => w.Key, WorkloadOrder.Instance).Select(w => Workload(w, rule))],
            Pcpus = first.Pcpus,
            DriverVcpus = first.DriverVcpus,
            GuestVcpus = first.Guests[bases[0].Guest].Vcpus,
            Scheduler = first.SchedulerName,
            TsliceMs = first.Scheduler.TsliceMs ?? credit.TsliceMs,
            RatelimitUs = first.Scheduler.RatelimitUs ?? credit.RatelimitUs,
            NicMbit = first.NicMbit,
            NicBurstBytes = first.NicBurstBytes,
            NicQueueBytes = first.NicQueueBytes,
            LoadS = durations[durations.Length / 2],
            SpeedSd = Spread([.. result.Speeds.Select(s => Math.Log(s))]),
            Seed = seed,
            Runs = [.. result.Runs.Select(r => r.Run)],
            Evaluations = result.Evaluations,
            Loss = result.Loss,
        };
        return Rebased(host, result, settings, rule, cancellation);
    }

    /// <summary>The same host with B of each workload simulated anew; workloads that are not answered any more are left out.</summary>
    internal static CalibratedHost Rebased(CalibratedHost host, CalibrationResult result, ExperimentSettings settings, BaseRule rule, CancellationToken cancellation)
    {
        Dictionary<string, double> alone = Alone(host, Bases(result), settings, rule, cancellation);
        return host with { Workloads = [.. host.Workloads.Select(w => w with { SimulatedBasePerS = alone[w.Workload] }).Where(w => w is { BasePerS: > 0, SimulatedBasePerS: > 0 })] };
    }

    /// <summary>The same host with the vectors that were accepted besides, and B of each. One under which some workload is never answered is left out.</summary>
    /// <param name="host">The host, from the same calibration.</param>
    /// <param name="accepted">The vectors.</param>
    /// <param name="result">The calibration.</param>
    /// <param name="settings">How pairs will be simulated; base runs are, at two speeds of the CPU each, for what a vector changes shows in few.</param>
    /// <param name="rule">As for the host.</param>
    /// <param name="cancellation">Ends it.</param>
    public static CalibratedHost WithAccepted(
        CalibratedHost host, IReadOnlyList<AcceptedVector> accepted, CalibrationResult result, ExperimentSettings settings, BaseRule rule = BaseRule.Mean, CancellationToken cancellation = default)
    {
        CalibrationRun[] bases = Bases(result);
        ExperimentSettings brief = settings with { Replicas = Math.Min(settings.Replicas, BaseReplicas) };
        return host with
        {
            Accepted =
            [
                .. accepted.Select(a => a with { SimulatedBasePerS = Alone(host with { Parameters = a.Parameters, Accepted = [] }, bases, brief, rule, cancellation) })
                    .Where(a => host.Workloads.All(w => a.SimulatedBasePerS[w.Workload] > 0)),
            ],
        };
    }

    /// <summary>Base runs that were answered, on the same kind of host as the first.</summary>
    private static CalibrationRun[] Bases(CalibrationResult result)
    {
        CalibrationRun[] all = [.. result.Runs.Where(r => r.Kind == "base" && r.Guest >= 0 && r.Measured.ThroughputPerS is not null)];
        return [.. all.Where(r => IsSameHost(r.Scenario, all[0].Scenario))];
    }

    private static Dictionary<string, double> Alone(CalibratedHost host, CalibrationRun[] bases, ExperimentSettings settings, BaseRule rule, CancellationToken cancellation)
    {
        Experiment[] experiments = [.. bases.Select(r => new Experiment(r.Run, "base", r.Run, 1, r.Scenario))];
        IReadOnlyList<ExperimentResult> alone = new Laboratory(host, settings).Run(experiments, null, cancellation);
        var simulated = bases.Index().ToLookup(b => b.Item.Workload, b => (b.Item.Campaign, alone[b.Index].Domains[1 + b.Item.Guest].ThroughputPerS!.Value));
        return simulated.ToDictionary(w => w.Key, w => BaseOf(w, rule));
    }

    /// <summary>B of a host: mean over campaigns of the mean (or maximum) over each campaign's runs, so that a campaign with many repeats does not outweigh the others.</summary>
    private static double BaseOf(IEnumerable<(string Campaign, double ThroughputPerS)> runs, BaseRule rule) =>
        runs.GroupBy(r => r.Campaign, r => r.ThroughputPerS).Average(c => rule == BaseRule.Mean ? c.Average() : c.Max());

    private static double Spread(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static CalibratedWorkload Workload(IGrouping<string, CalibrationRun> runs, BaseRule rule)
    {
        CalibrationRun run = runs.First();
        ClientSettings client = run.Scenario.Guests[run.Guest].Client!;
        ServerSettings server = run.Scenario.Guests[run.Guest].Server;
        double basePerS = BaseOf(runs.Select(r => (r.Campaign, r.Measured.ThroughputPerS!.Value)), rule);
        return new CalibratedWorkload
        {
            Workload = runs.Key,
            ReplyBytes = client.ReplyBytes,
            BasePerS = basePerS,
            SimulatedBasePerS = basePerS,
            TimeoutS = client.TimeoutS,
            Poisson = client.Load is OpenLoad { Poisson: true },
            Workers = server.Workers,
            Backlog = server.Backlog,
        };
    }

    private static bool IsSameHost(HostScenario a, HostScenario b) =>
        a.Pcpus == b.Pcpus && a.DriverVcpus == b.DriverVcpus && a.SchedulerName == b.SchedulerName && a.Scheduler == b.Scheduler && a.NicMbit == b.NicMbit && a.NicBurstBytes == b.NicBurstBytes && a.NicQueueBytes == b.NicQueueBytes;
}
