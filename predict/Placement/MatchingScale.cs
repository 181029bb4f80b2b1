using Colocate.Model.Runs;

namespace Colocate.Predict.Placement;

/// <summary>
/// What can be gained by putting guests side by side wisely, as far as it was measured: the greatest, the least and the average total of measured
/// combined scores over the divisions of the guests into measured pairs. Where too few pairs were measured to give every guest a partner, only
/// divisions with the most pairs count; whoever is left alone scores 1 in each of them.
/// </summary>
public sealed class MatchingScale
{
    /// <summary>Far above a billionth, at which <see cref="MaximumMatching"/> stops telling sums apart, and far below any error of a prediction.</summary>
    private const double TieBreaker = 1e-6;

    private readonly IReadOnlyDictionary<WorkloadPair, double> _measured;
    private readonly IReadOnlyList<string> _guests;
    private readonly WorkloadPair[] _pairs;
    private readonly int _draws, _seed;

    /// <summary>Looks for the best, worst and average division.</summary>
    /// <param name="measured">Measured combined scores.</param>
    /// <param name="guests">The guests by workload; one that runs twice stands there twice.</param>
    /// <param name="draws">Divisions drawn where a mean has to be estimated, at least 1.</param>
    /// <param name="seed">Seed of these.</param>
    public MatchingScale(IReadOnlyDictionary<WorkloadPair, double> measured, IReadOnlyList<string> guests, int draws, int seed)
    {
        (_measured, _guests, _draws, _seed) = (measured, guests, draws, seed);
        Dictionary<string, int> times = guests.GroupBy(g => g).ToDictionary(g => g.Key, g => g.Count());
        _pairs = [.. measured.Keys.Where(p => times.GetValueOrDefault(p.A) > (p.IsEqualPair ? 1 : 0) && times.ContainsKey(p.B)).Order()];
        Oracle = Total(Divide(pair => measured[pair]));
        Worst = Total(Divide(pair => -measured[pair]));
        Random = Average();
    }

    /// <summary>Total of the best division.</summary>
    public double Oracle { get; }

    /// <summary>Total of the worst division.</summary>
    public double Worst { get; }

    /// <summary>
    /// Mean total of divisions drawn at random. Where every pair was measured it is exact, since each pair is then as likely as any other; elsewhere it is
    /// the mean of divisions that are greatest for random weights.
    /// </summary>
    public double Random { get; }

    /// <summary>Why no share of the gap can be stated; null when one can.</summary>
    public string? Reason => _guests.Count < 4 ? "fewer than four workloads have measured pairs with another"
        : Oracle - Random < TieBreaker ? "every division of the workloads into measured pairs scores the same"
        : null;

    /// <summary>
    /// Measured total of the division that is best by predicted scores. Pairs predicted alike are told apart at random: their mean counts, so that a
    /// constant closes no gap.
    /// </summary>
    /// <param name="predicted">Predicted combined scores of the measured pairs.</param>
    public double TotalBy(IReadOnlyDictionary<WorkloadPair, double> predicted) => _pairs.Select(p => predicted[p]).Distinct().Count() == _pairs.Length
        ? Total(Divide(pair => predicted[pair]))
        : Mean((pair, noise) => predicted[pair] + (TieBreaker * noise));

    private double Average()
    {
        int n = _guests.Count;
        bool once = _guests.Distinct().Count() == n;
        if (!once || _pairs.Length < n * (n - 1) / 2)
            return Mean((_, noise) => noise);
        // Each guest has each other one, or nobody where their number is odd, with the same chance.
        double mean = n == 0 ? 0 : _pairs.Sum(p => _measured[p]) / (n % 2 == 0 ? n - 1 : n);
        return mean + (n % 2);
    }

    private double Mean(Func<WorkloadPair, double, double> weight)
    {
        var random = new Random(_seed);
        double sum = 0;
        for (int draw = 0; draw < _draws; draw++)
        {
            // Of guests with the same workload none is preferred either.
            double[] noise = [.. Enumerable.Range(0, _guests.Count * _guests.Count).Select(_ => random.NextDouble())];
            sum += Total(MaximumMatching.Of(_guests.Count, (i, j) => Measured(i, j) is { } pair ? weight(pair, noise[(i * _guests.Count) + j]) : null));
        }

        return sum / _draws;
    }

    private int[] Divide(Func<WorkloadPair, double> weight) => MaximumMatching.Of(_guests.Count, (i, j) => Measured(i, j) is { } pair ? weight(pair) : null);

    private WorkloadPair? Measured(int i, int j) => WorkloadPair.Of(_guests[i], _guests[j]) is var pair && _measured.ContainsKey(pair) ? pair : null;

    private double Total(int[] mates) =>
        mates.Select((mate, v) => mate < 0 ? 1 : mate < v ? 0 : _measured[WorkloadPair.Of(_guests[v], _guests[mate])]).Sum();
}
