using Colocate.Model.Runs;

namespace Colocate.Predict.Placement;

/// <summary>
/// What can be gained by putting workloads side by side wisely, as far as it was measured: the greatest, the least and the average total of measured
/// combined scores over the divisions of the workloads into measured pairs. Each workload stands there once. Where too few pairs were measured to give
/// every workload a partner, only divisions with the most pairs count; whoever is left alone scores 1 in each of them.
/// </summary>
public sealed class MatchingScale
{
    private const int Draws = 200;

    /// <summary>Far above a billionth, at which <see cref="MaximumMatching"/> stops telling sums apart, and far below any error of a prediction.</summary>
    private const double TieBreaker = 1e-6;

    private readonly IReadOnlyDictionary<WorkloadPair, double> _measured;
    private readonly string[] _workloads;

    /// <summary>Looks for the best, worst and average division.</summary>
    /// <param name="measured">Measured combined scores. Pairs of two equal workloads are passed over: a workload stands there once.</param>
    /// <param name="seed">Seed of the average, which is estimated where not every pair was measured.</param>
    public MatchingScale(IReadOnlyDictionary<WorkloadPair, double> measured, int seed)
    {
        _measured = measured;
        _workloads = [.. measured.Keys.Where(p => !p.IsEqualPair).SelectMany(p => new[] { p.A, p.B }).Distinct().Order(WorkloadOrder.Instance)];
        Oracle = Total(Divide(pair => measured[pair]));
        Worst = Total(Divide(pair => -measured[pair]));
        Random = Average(seed);
    }

    /// <summary>Workloads that may be paired.</summary>
    public int Workloads => _workloads.Length;

    /// <summary>Total of the best division.</summary>
    public double Oracle { get; }

    /// <summary>Total of the worst division.</summary>
    public double Worst { get; }

    /// <summary>
    /// Mean total of divisions drawn at random. Where every pair was measured it is exact, since each pair is then as likely as any other; elsewhere it is
    /// the mean of 200 divisions that are greatest for random weights.
    /// </summary>
    public double Random { get; }

    /// <summary>Why no share of the gap can be stated; null when one can.</summary>
    public string? Reason => Workloads < 4 ? "fewer than four workloads have measured pairs with another"
        : Oracle - Random < TieBreaker ? "every division of the workloads into measured pairs scores the same"
        : null;

    /// <summary>
    /// Measured total of the division that is best by predicted scores. Pairs predicted alike are told apart at random: their mean counts, so that a
    /// constant closes no gap.
    /// </summary>
    /// <param name="predicted">Predicted combined scores of the measured pairs.</param>
    /// <param name="seed">Seed of the choice among equals.</param>
    public double TotalBy(IReadOnlyDictionary<WorkloadPair, double> predicted, int seed)
    {
        WorkloadPair[] pairs = [.. _measured.Keys.Where(p => !p.IsEqualPair).Order()];
        if (pairs.Select(p => predicted[p]).Distinct().Count() == pairs.Length)
            return Total(Divide(pair => predicted[pair]));
        return Mean(seed, Draws, (pair, noise) => predicted[pair] + (TieBreaker * noise));
    }

    private double Average(int seed)
    {
        int n = _workloads.Length;
        bool complete = _measured.Keys.Count(p => !p.IsEqualPair) == n * (n - 1) / 2;
        if (!complete)
            return Mean(seed, Draws, (_, noise) => noise);
        // Each workload has each other one, or nobody where their number is odd, with the same chance.
        double mean = n == 0 ? 0 : _measured.Where(p => !p.Key.IsEqualPair).Sum(p => p.Value) / (n % 2 == 0 ? n - 1 : n);
        return mean + (n % 2);
    }

    private double Mean(int seed, int draws, Func<WorkloadPair, double, double> weight)
    {
        var random = new Random(seed);
        WorkloadPair[] pairs = [.. _measured.Keys.Order()];
        double sum = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            Dictionary<WorkloadPair, double> weights = pairs.ToDictionary(p => p, p => weight(p, random.NextDouble()));
            sum += Total(Divide(pair => weights[pair]));
        }

        return sum / draws;
    }

    private int[] Divide(Func<WorkloadPair, double> weight) => MaximumMatching.Of(
        _workloads.Length, (i, j) => WorkloadPair.Of(_workloads[i], _workloads[j]) is var pair && _measured.ContainsKey(pair) ? weight(pair) : null);

    private double Total(int[] mates) =>
        mates.Select((mate, v) => mate < 0 ? 1 : mate < v ? 0 : _measured[WorkloadPair.Of(_workloads[v], _workloads[mate])]).Sum();
}
