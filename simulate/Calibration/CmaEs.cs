using Colocate.Simulate.Engine;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Covariance matrix adaptation evolution strategy (Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772v2) with the active
/// covariance update: minimises a loss that may be noisy, rugged and ill-conditioned, over the unit cube. It uses nothing but the order
/// of the losses within a generation. Only the tolerance on the loss looks at their values.
/// <para>
/// Bounds: a point outside is reflected into the cube and the search learns from the point as it was drawn (Darwinian reflection in
/// Biedrzycki, "Handling bound constraints in CMA-ES", Swarm and Evolutionary Computation 52, 100627, 2020). Unlike a penalty this needs no
/// scale of the loss. A mean that leaves the cube is reflected with all that the search has learnt.
/// </para>
/// </summary>
public sealed class CmaEs
{
    private readonly CmaEsSettings _settings;
    private readonly CmaEsRates _rates;
    private readonly double[] _start;

    /// <summary>Prepares a search.</summary>
    /// <param name="settings">How to search.</param>
    /// <param name="start">Mean of the first generation: one coordinate in 0..1 per dimension, at least one.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or the start is empty or not in the cube.</exception>
    public CmaEs(CmaEsSettings settings, IReadOnlyList<double> start)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(start);
        Require(settings.Step is > 0 and <= SearchDistribution.LargestDeviation, nameof(settings), "the step must be above 0 and at most 1/3");
        Require(settings.Population is null or >= 4, nameof(settings), "the population must be at least 4");
        Require(settings.LossTolerance >= 0 && settings.StepTolerance >= 0, nameof(settings), "the tolerances must be 0 or more");
        Require(start.Count > 0 && start.All(x => x is >= 0 and <= 1), nameof(start), "the start must have coordinates from 0 to 1");
        (_settings, _start, _rates) = (settings, [.. start], new CmaEsRates(start.Count, settings.Population));
    }

    /// <summary>Points in each generation.</summary>
    public int Population => _rates.Population;

    /// <summary>Searches from the start; every call is a search of its own and, given the same losses, finds the same.</summary>
    /// <param name="losses">
    /// Evaluates a generation: a loss for each point, in their order. A loss that is NaN or infinite is worse than any finite one.
    /// </param>
    /// <param name="evaluations">Most points to evaluate, at least one generation; generations are never cut.</param>
    /// <param name="progress">Told of every generation, on the calling thread; null = nobody is.</param>
    /// <param name="cancellation">Ends the search before its next generation.</param>
    /// <exception cref="ArgumentException">Too few evaluations for one generation, or not one loss for each point.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public CmaEsResult Minimise(
        Func<IReadOnlyList<double[]>, double[]> losses, int evaluations,
        IProgress<CmaEsGeneration>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentOutOfRangeException.ThrowIfLessThan(evaluations, Population);
        var random = new RandomSource(_settings.Seed, 0);
        var distribution = new SearchDistribution(_rates, _start, _settings.Step);
        var convergence = new CmaEsConvergence(_settings, _rates);
        (double[] best, double least) = (_start, double.PositiveInfinity);
        int generation = 0;
        CmaEsStop? stop = null;
        while (stop is null)
        {
            cancellation.ThrowIfCancellationRequested();
            double[][] points = distribution.Sample(ref random);
            double[] values = [.. losses(points).Select(loss => double.IsFinite(loss) ? loss : double.PositiveInfinity)];
            Require(values.Length == points.Length, nameof(losses), $"{points.Length} points were given {values.Length} losses");
            int[] ranking = [.. Enumerable.Range(0, points.Length).OrderBy(k => values[k])];
            if (values[ranking[0]] < least)
                (best, least) = (points[ranking[0]], values[ranking[0]]);
            distribution.Update(ranking);
            generation++;
            double[] sorted = [.. ranking.Select(k => values[k])];
            progress?.Report(new CmaEsGeneration(generation, generation * Population, least, sorted[Population / 2], distribution.Step));
            stop = convergence.After(sorted, distribution) ?? (evaluations - (generation * Population) < Population ? CmaEsStop.Evaluations : null);
        }

        return new CmaEsResult(
            best, least, distribution.Mean, distribution.Step, distribution.Covariance, generation * Population, generation, stop.Value);
    }

    private static void Require(bool met, string parameter, string message)
    {
        if (!met)
            throw new ArgumentException(message, parameter);
    }
}
