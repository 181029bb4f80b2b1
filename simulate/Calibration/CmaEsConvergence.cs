namespace Colocate.Simulate.Calibration;

/// <summary>Says when a search has nothing left to gain: see <see cref="CmaEsStop"/> for every criterion and its source.</summary>
internal sealed class CmaEsConvergence(CmaEsSettings settings, CmaEsRates rates)
{
    private readonly List<double> _best = [], _median = [];

    /// <summary>Whether to stop after a generation.</summary>
    /// <param name="sorted">Its losses, best first.</param>
    /// <param name="distribution">What the search has learnt from it.</param>
    /// <returns>Null when the search goes on.</returns>
    public CmaEsStop? After(double[] sorted, SearchDistribution distribution)
    {
        _best.Add(sorted[0]);
        _median.Add(sorted[sorted.Length / 2]);
        double generations = 30.0 * rates.Dimensions / rates.Population;
        return !distribution.IsSound ? CmaEsStop.IllConditioned
            : distribution.IsNarrowerThan(settings.StepTolerance) ? CmaEsStop.Step
            : IsLevel(10 + (int)Math.Ceiling(generations), sorted) ? CmaEsStop.Loss
            : IsStagnant((int)Math.Clamp(0.2 * _best.Count, 120 + generations, 20_000)) ? CmaEsStop.Stagnation
            : null;
    }

    private bool IsLevel(int window, double[] last)
    {
        if (_best.Count < window)
            return false;
        double[] recent = [.. _best[^window..], .. last];
        return recent.Max() - recent.Min() <= settings.LossTolerance;
    }

    private bool IsStagnant(int window) => _best.Count >= window && !GotBetter(_best[^window..]) && !GotBetter(_median[^window..]);

    private static bool GotBetter(List<double> history)
    {
        int part = history.Count * 3 / 10;
        return Median(history[^part..]) < Median(history[..part]);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
