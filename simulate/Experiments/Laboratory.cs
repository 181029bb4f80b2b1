using Colocate.Model.Runs;
using Colocate.Model.Tables;
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
        return [.. experiments.Select((e, i) => Summary(e, results.AsSpan(i * settings.Replicas, settings.Replicas)))];
    }

    /// <summary>What one replica of an experiment simulates: its own random numbers and CPU speed.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="replica">Number of the replica, from 0 to one less than there are; with one, the CPU has its usual speed.</param>
    public HostScenario Replica(Experiment experiment, int replica) => experiment.Host with { Seed = unchecked((settings.Seed * 1_000_003) + replica), CpuSpeed = Speed(replica) };

    private double Speed(int replica) => Math.Exp(host.SpeedSd * Normal.InvCDF(0, 1, (replica + 0.5) / settings.Replicas));

    private ExperimentResult Summary(Experiment experiment, ReadOnlySpan<ScenarioResult> replicas)
    {
        ScenarioResult[] all = replicas.ToArray();
        IReadOnlyList<GuestScenario> guests = experiment.Host.Guests;
        SimulatedDomainRow[] domains =
        [
            Means.Of(all.Select(ResultRows.Driver)) with { Domain = "Domain-0" },
            .. guests.Select((g, i) => Guest(g, Means.Of(all.Select(r => ResultRows.Guest(r, i))))),
        ];
        double?[] combined = [.. all.Select(r => Combined(guests, r))];
        double? mean = combined.All(c => c is not null) && guests.Any(g => g.Client is not null) ? combined.Average() : null;
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

    private SimulatedDomainRow Guest(GuestScenario guest, SimulatedDomainRow mean)
    {
        double? basePerS = guest.Client is null ? null : host.Find(guest.Workload)?.SimulatedBasePerS;
        return mean with { Domain = guest.Domain, Workload = guest.Workload, OfferedPerS = guest.Client?.OfferedPerS, BasePerS = basePerS, Score = mean.ThroughputPerS / basePerS };
    }

    private double? Combined(IReadOnlyList<GuestScenario> guests, ScenarioResult result)
    {
        double? sum = 0;
        for (int i = 0; i < guests.Count; i++)
        {
            if (guests[i].Workload != DomainSpec.IdleWorkload)
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
