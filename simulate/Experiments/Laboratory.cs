using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Colocate.Simulate.Experiments;

/// <summary>
/// Simulates experiments on a calibrated host. Replicas differ in their random numbers and in the speed of the CPU: speeds are the middles of
/// equally likely strata of its distribution between runs, so that a few replicas span it evenly. Where the calibration accepted several parameter vectors,
/// replicas go through them, each held against B of its own vector.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="settings">How.</param>
public sealed class Laboratory(CalibratedHost host, ExperimentSettings settings)
{
    /// <summary>Replicas of each experiment: those asked for, and at least one for every accepted vector.</summary>
    public int Replicas { get; } = Math.Max(settings.Replicas, host.Accepted.Count);

    /// <summary>Simulates all experiments.</summary>
    /// <param name="experiments">What to simulate.</param>
    /// <param name="progress">Told the number of simulations done, from any thread; null = nobody is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A result for each experiment, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<ExperimentResult> Run(IReadOnlyList<Experiment> experiments, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var results = new ScenarioResult[experiments.Count * Replicas];
        int done = 0;
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs, CancellationToken = cancellation }, i =>
        {
            (int experiment, int replica) = Math.DivRem(i, Replicas);
            results[i] = HostModel.Run(Replica(experiments[experiment], replica), Parameters(replica), cancellation);
            progress?.Report(Interlocked.Increment(ref done));
        });
        Dictionary<string, double> cpuAlone = CpuAlone(experiments, cancellation);
        return [.. experiments.Select((e, i) => Summary(e, cpuAlone, results.AsSpan(i * Replicas, Replicas)))];
    }

    /// <summary>What one replica of an experiment simulates: its own random numbers and CPU speed.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="replica">Number of the replica, from 0 to one less than there are; with one, the CPU has its usual speed.</param>
    public HostScenario Replica(Experiment experiment, int replica) => experiment.Host with { Seed = unchecked((settings.Seed * 1_000_003) + replica), CpuSpeed = Speed(replica) };

    /// <summary>The parameters that a replica uses.</summary>
    public HostParameters Parameters(int replica) => Vector(replica)?.Parameters ?? host.Parameters;

    private double Speed(int replica) => Math.Exp(host.SpeedSd * Normal.InvCDF(0, 1, (replica + 0.5) / Replicas));

    private AcceptedVector? Vector(int replica) => host.Accepted.Count == 0 ? null : host.Accepted[replica % host.Accepted.Count];

    /// <summary>B of a workload with the vector of a replica; null when the host does not know it.</summary>
    private double? BasePerS(string workload, int replica) =>
        host.Find(workload) is { } known ? Vector(replica)?.SimulatedBasePerS[workload] ?? known.SimulatedBasePerS : null;

    /// <summary>CPU that workloads which only compute get alone on the host, in pcpus, mean over replicas: what their scores are held against.</summary>
    private Dictionary<string, double> CpuAlone(IReadOnlyList<Experiment> experiments, CancellationToken cancellation) => experiments
        .SelectMany(e => e.Host.Guests).Where(g => g is { Client: null, Computing: not null }).Select(g => g.Workload).Distinct().ToDictionary(w => w, w =>
        {
            var alone = new Experiment($"base/{w}", "base", null, 1, WhatIf.Scenario(host, [(w, 1)]));
            return Enumerable.Range(0, Replicas).AsParallel().AsOrdered().WithDegreeOfParallelism(settings.Jobs).WithCancellation(cancellation)
                .Select(k => CpuOf(HostModel.Run(Replica(alone, k), Parameters(k), cancellation), 0)).ToArray().Average();
        });

    private static double CpuOf(ScenarioResult result, int guest) => ResultRows.Guest(result, guest).CpuFraction ?? 0;

    private ExperimentResult Summary(Experiment experiment, Dictionary<string, double> cpuAlone, ReadOnlySpan<ScenarioResult> replicas)
    {
        ScenarioResult[] all = replicas.ToArray();
        IReadOnlyList<GuestScenario> guests = experiment.Host.Guests;
        SimulatedDomainRow[] domains =
        [
            Means.Of(all.Select(ResultRows.Driver)) with { Domain = "Domain-0" },
            .. guests.Select((g, i) => Guest(g, cpuAlone, [.. all.Select(r => ResultRows.Guest(r, i))])),
        ];
        double?[] combined = [.. all.Select((r, k) => Combined(guests, cpuAlone, r, k))];
        double? mean = combined.All(c => c is not null) && guests.Any(g => g.Client is not null || g.Computing is not null) ? combined.Average() : null;
        double? sd = mean is null || Replicas < 2 ? null : combined.Select(c => c!.Value).StandardDeviation();
        double? half = HalfWidth(sd);
        return new ExperimentResult(
            Means.Of(all.Select(ResultRows.Host)) with
            {
                Scenario = experiment.Scenario,
                Kind = experiment.Kind,
                LikeRun = experiment.LikeRun,
                RateFraction = experiment.RateFraction,
                Combined = mean,
                CombinedLow = mean - half,
                CombinedHigh = mean + half,
                CombinedStandardError = sd / Math.Sqrt(Replicas),
                Level = settings.Level,
                Replicas = Replicas,
                SimulatedS = experiment.Host.DurationS,
                SimEvents = all.Sum(r => r.SimEvents),
            },
            [.. domains.Select((d, i) => d with { Scenario = experiment.Scenario, DomainIndex = i })]);
    }

    private SimulatedDomainRow Guest(GuestScenario guest, Dictionary<string, double> cpuAlone, SimulatedDomainRow[] replicas)
    {
        bool computes = guest is { Client: null, Computing: not null };
        double?[] bases = [.. replicas.Select((_, k) => guest.Client is null ? null : BasePerS(guest.Workload, k))];
        return Means.Of(replicas) with
        {
            Domain = guest.Domain,
            Workload = guest.Workload,
            OfferedPerS = (guest.Client?.Load as OpenLoad)?.OfferedPerS,
            BasePerS = bases.Average(),
            Score = computes ? replicas.Average(r => r.CpuFraction) / cpuAlone[guest.Workload] : replicas.Zip(bases, (r, b) => r.ThroughputPerS / b).Average(),
        };
    }

    private double? Combined(IReadOnlyList<GuestScenario> guests, Dictionary<string, double> cpuAlone, ScenarioResult result, int replica)
    {
        double? sum = 0;
        for (int i = 0; i < guests.Count; i++)
        {
            if (guests[i] is { Client: null, Computing: not null })
                sum += CpuOf(result, i) / cpuAlone[guests[i].Workload];
            else if (guests[i].Workload != DomainSpec.IdleWorkload)
                sum += result.Guests[i].ThroughputPerS / BasePerS(guests[i].Workload, replica);
        }

        return sum;
    }

    /// <summary>Half of Student's prediction interval for one more run; null with one replica, which says nothing of the spread.</summary>
    private double? HalfWidth(double? sd) => sd is null ? null : StudentT.InvCDF(0, 1, Replicas - 1, (1 + settings.Level) / 2) * sd * Math.Sqrt(1 + (1.0 / Replicas));
}
