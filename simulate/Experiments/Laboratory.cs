using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using MathNet.Numerics.Distributions;

namespace Colocate.Simulate.Experiments;

/// <summary>
/// Simulates experiments on a calibrated host. Replicas differ in their random numbers and in the speed of the CPU: speeds are the middles of
/// equally likely strata of its distribution between runs, so that a few replicas span it evenly.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="settings">How.</param>
public sealed class Laboratory(CalibratedHost host, ExperimentSettings settings)
{
    /// <summary>Simulates all experiments.</summary>
    /// <param name="experiments">What to simulate.</param>
    /// <param name="progress">Told the number of simulations done, from any thread; null = nobody is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A result for each experiment, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<ExperimentResult> Run(IReadOnlyList<Experiment> experiments, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var results = new ScenarioResult[experiments.Count * settings.Replicas];
        int done = 0;
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs, CancellationToken = cancellation }, i =>
        {
            (int experiment, int replica) = Math.DivRem(i, settings.Replicas);
            results[i] = HostModel.Run(Replica(experiments[experiment], replica), host.Parameters, cancellation);
            progress?.Report(Interlocked.Increment(ref done));
        });
        Dictionary<string, double> cpuAlone = CpuAlone(experiments, cancellation);
        return [.. experiments.Select((e, i) => Summary(e, cpuAlone, results.AsSpan(i * settings.Replicas, settings.Replicas)))];
    }

    /// <summary>What one replica of an experiment simulates: its own random numbers and CPU speed.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="replica">Number of the replica, from 0 to one less than there are; with one, the CPU has its usual speed.</param>
    public HostScenario Replica(Experiment experiment, int replica) => experiment.Host with { Seed = unchecked((settings.Seed * 1_000_003) + replica), CpuSpeed = Speed(replica) };

    private double Speed(int replica) => Math.Exp(host.SpeedSd * Normal.InvCDF(0, 1, (replica + 0.5) / settings.Replicas));

    /// <summary>CPU that workloads which only compute get alone on the host, in pcpus, mean over replicas: what their scores are held against.</summary>
    private Dictionary<string, double> CpuAlone(IReadOnlyList<Experiment> experiments, CancellationToken cancellation) => experiments
        .SelectMany(e => e.Host.Guests).Where(g => g is { Client: null, Computing: not null }).Select(g => g.Workload).Distinct().ToDictionary(w => w, w =>
        {
            var alone = new Experiment($"base/{w}", "base", null, 1, WhatIf.Scenario(host, [(w, 1)]));
            return Enumerable.Range(0, settings.Replicas).AsParallel().AsOrdered().WithDegreeOfParallelism(settings.Jobs).WithCancellation(cancellation)
                .Select(k => CpuOf(HostModel.Run(Replica(alone, k), host.Parameters, cancellation), 0)).ToArray().Average();
        });

    private static double CpuOf(ScenarioResult result, int guest) => ResultRows.Guest(result, guest).CpuFraction ?? 0;

    private ExperimentResult Summary(Experiment experiment, Dictionary<string, double> cpuAlone, ReadOnlySpan<ScenarioResult> replicas)
    {
        ScenarioResult[] all = replicas.ToArray();
        IReadOnlyList<GuestScenario> guests = experiment.Host.Guests;
        SimulatedDomainRow[] domains =
        [
            Means.Of(all.Select(ResultRows.Driver)) with { Domain = "Domain-0" },
            .. guests.Select((g, i) => Guest(g, cpuAlone, Means.Of(all.Select(r => ResultRows.Guest(r, i))))),
        ];
        double?[] combined = [.. all.Select(r => Combined(guests, cpuAlone, r))];
        double? mean = combined.All(c => c is not null) && guests.Any(g => g.Client is not null || g.Computing is not null) ? combined.Average() : null;
        double? half = mean is null ? null : HalfWidth([.. combined.Select(c => c!.Value)]);
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
                Level = settings.Level,
                Replicas = settings.Replicas,
                SimulatedS = experiment.Host.DurationS,
                SimEvents = all.Sum(r => r.SimEvents),
            },
            [.. domains.Select((d, i) => d with { Scenario = experiment.Scenario, DomainIndex = i })]);
    }

    private SimulatedDomainRow Guest(GuestScenario guest, Dictionary<string, double> cpuAlone, SimulatedDomainRow mean)
    {
        double? basePerS = guest.Client is null ? null : host.Find(guest.Workload)?.SimulatedBasePerS;
        return mean with { Domain = guest.Domain, Workload = guest.Workload, OfferedPerS = (guest.Client?.Load as OpenLoad)?.OfferedPerS, BasePerS = basePerS, Score = guest is { Client: null, Computing: not null } ? mean.CpuFraction / cpuAlone[guest.Workload] : mean.ThroughputPerS / basePerS };
    }

    private double? Combined(IReadOnlyList<GuestScenario> guests, Dictionary<string, double> cpuAlone, ScenarioResult result)
    {
        double? sum = 0;
        for (int i = 0; i < guests.Count; i++)
        {
            if (guests[i] is { Client: null, Computing: not null })
                sum += CpuOf(result, i) / cpuAlone[guests[i].Workload];
            else if (guests[i].Workload != DomainSpec.IdleWorkload)
                sum += result.Guests[i].ThroughputPerS / host.Find(guests[i].Workload)?.SimulatedBasePerS;
        }

        return sum;
    }

    /// <summary>Half of Student's prediction interval for one more run; null with one replica, which says nothing of the spread.</summary>
    private double? HalfWidth(double[] values)
    {
        int n = values.Length;
        if (n < 2)
            return null;
        double mean = values.Average(), sd = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (n - 1));
        return StudentT.InvCDF(0, 1, n - 1, (1 + settings.Level) / 2) * sd * Math.Sqrt(1 + (1.0 / n));
    }
}
