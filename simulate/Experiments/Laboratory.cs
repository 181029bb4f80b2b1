using Colocate.Model.Runs;
using Colocate.Model.Tables;
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
            HostScenario scenario = experiments[experiment].Host with { Seed = unchecked((settings.Seed * 1_000_003) + replica), CpuSpeed = Speed(replica) };
            results[i] = HostModel.Run(scenario, Vector(replica)?.Parameters ?? host.Parameters, cancellation);
            progress?.Report(Interlocked.Increment(ref done));
        });
        return [.. experiments.Select((e, i) => Summary(e, results.AsSpan(i * Replicas, Replicas)))];
    }

    private double Speed(int replica) => Math.Exp(host.SpeedSd * Normal.InvCDF(0, 1, (replica + 0.5) / Replicas));

    private AcceptedVector? Vector(int replica) => host.Accepted.Count == 0 ? null : host.Accepted[replica % host.Accepted.Count];

    /// <summary>B of a workload with the vector of a replica; null when the host does not know it.</summary>
    private double? BasePerS(string workload, int replica) =>
        host.Find(workload) is { } known ? Vector(replica)?.SimulatedBasePerS[workload] ?? known.SimulatedBasePerS : null;

    private ExperimentResult Summary(Experiment experiment, ReadOnlySpan<ScenarioResult> replicas)
    {
        ScenarioResult[] all = replicas.ToArray();
        IReadOnlyList<GuestScenario> guests = experiment.Host.Guests;
        SimulatedDomainRow[] domains =
        [
            Means.Of(all.Select(ResultRows.Driver)) with { Domain = "Domain-0" },
            .. guests.Select((g, i) => Guest(g, [.. all.Select(r => ResultRows.Guest(r, i))])),
        ];
        double?[] combined = [.. all.Select((r, k) => Combined(guests, r, k))];
        double? mean = combined.All(c => c is not null) && guests.Any(g => g.Client is not null) ? combined.Average() : null;
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

    private SimulatedDomainRow Guest(GuestScenario guest, SimulatedDomainRow[] replicas)
    {
        double?[] bases = [.. replicas.Select((_, k) => guest.Client is null ? null : BasePerS(guest.Workload, k))];
        return Means.Of(replicas) with
        {
            Domain = guest.Domain,
            Workload = guest.Workload,
            OfferedPerS = guest.Client?.OfferedPerS,
            BasePerS = bases.Average(),
            Score = replicas.Zip(bases, (r, b) => r.ThroughputPerS / b).Average(),
        };
    }

    private double? Combined(IReadOnlyList<GuestScenario> guests, ScenarioResult result, int replica)
    {
        double? sum = 0;
        for (int i = 0; i < guests.Count; i++)
        {
            if (guests[i].Workload != DomainSpec.IdleWorkload)
                sum += result.Guests[i].ThroughputPerS / BasePerS(guests[i].Workload, replica);
        }

        return sum;
    }

    /// <summary>Half of Student's prediction interval for one more run; null with one replica, which says nothing of the spread.</summary>
    private double? HalfWidth(double? sd) => sd is null ? null : StudentT.InvCDF(0, 1, Replicas - 1, (1 + settings.Level) / 2) * sd * Math.Sqrt(1 + (1.0 / Replicas));
}
