using Colocate.Model.Runs;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Guests;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Calibration;

/// <summary>From a calibration to the host it describes.</summary>
public static class FittedHost
{
    /// <summary>
    /// The host that the base runs ran on, its workloads, and B of each as the simulator has it: the same base runs simulated as pairs will be,
    /// so that what the simulator gets wrong alone does not count as interference. Runs on another kind of host than the first base run are left
    /// out of account.
    /// </summary>
    /// <param name="result">The calibration.</param>
    /// <param name="settings">How pairs will be simulated.</param>
    /// <param name="seed">Seed of the calibration.</param>
    /// <param name="cancellation">Ends it.</param>
    public static CalibratedHost From(CalibrationResult result, ExperimentSettings settings, long seed, CancellationToken cancellation = default)
    {
        CalibrationRun[] bases = [.. result.Runs.Where(r => r.Kind == "base" && r.Guest >= 0 && r.Measured.ThroughputPerS is not null)];
        HostScenario first = bases[0].Scenario;
        IGrouping<string, CalibrationRun>[] workloads = [.. bases.Where(r => IsSameHost(r.Scenario, first)).GroupBy(r => r.Workload).OrderBy(g => g.Key, WorkloadOrder.Instance)];
        double[] durations = [.. bases.Select(r => r.Scenario.DurationS).Order()];
        var host = new CalibratedHost
        {
            Parameters = result.Parameters,
            Workloads = [.. workloads.Select(Workload)],
            Pcpus = first.Pcpus,
            TsliceMs = first.Scheduler.TsliceMs,
            RatelimitUs = first.Scheduler.RatelimitUs,
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
        Experiment[] experiments = [.. bases.Select(r => new Experiment(r.Run, "base", r.Run, 1, r.Scenario))];
        IReadOnlyList<ExperimentResult> alone = new Laboratory(host, settings).Run(experiments, null, cancellation);
        Dictionary<string, double> simulated = bases.Index()
            .GroupBy(b => b.Item.Workload, b => alone[b.Index].Domains[1 + b.Item.Guest].ThroughputPerS!.Value)
            .ToDictionary(g => g.Key, g => g.Average());
        return host with { Workloads = [.. host.Workloads.Select(w => w with { SimulatedBasePerS = simulated[w.Workload] })] };
    }

    private static double Spread(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static CalibratedWorkload Workload(IGrouping<string, CalibrationRun> runs)
    {
        CalibrationRun run = runs.First();
        ClientSettings client = run.Scenario.Guests[run.Guest].Client!;
        ServerSettings server = run.Scenario.Guests[run.Guest].Server;
        double basePerS = runs.GroupBy(r => r.Campaign).Average(c => c.Average(r => r.Measured.ThroughputPerS!.Value));
        return new CalibratedWorkload
        {
            Workload = runs.Key,
            ReplyBytes = client.ReplyBytes,
            BasePerS = basePerS,
            SimulatedBasePerS = basePerS,
            TimeoutS = client.TimeoutS,
            Poisson = client.Poisson,
            Workers = server.Workers,
            Backlog = server.Backlog,
        };
    }

    private static bool IsSameHost(HostScenario a, HostScenario b) =>
        a.Pcpus == b.Pcpus && a.Scheduler == b.Scheduler && a.NicMbit == b.NicMbit && a.NicBurstBytes == b.NicBurstBytes && a.NicQueueBytes == b.NicQueueBytes;
}
