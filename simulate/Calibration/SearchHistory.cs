using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Every candidate that a calibration tried, with what the simulator made of it: when the speed sensitivities are learnt, all of them can be judged anew
/// without a simulation.
/// </summary>
/// <param name="problem">What candidates are judged by.</param>
/// <param name="space">Where they are.</param>
/// <param name="together">See <see cref="CalibrationSettings.Together"/>; null = none.</param>
internal sealed class SearchHistory(CalibrationProblem problem, ParameterSpace space, Func<HostParameters, IReadOnlyList<RunReading>, IReadOnlyList<double>>? together = null)
{
    private readonly List<double[]> _points = [];
    private readonly List<IReadOnlyList<RunReading>> _simulated = [];
    private readonly List<double[]> _residuals = [];

    internal IReadOnlyList<double[]> Points => _points;

    /// <summary>For each point residuals of every run, those of all together and, behind them, the point itself, which is its residual against the prior.</summary>
    internal IReadOnlyList<double[]> Residuals => _residuals;

    internal int Count => _points.Count;

    /// <summary>Index of the least loss, the earliest of equals.</summary>
    internal int Best => Enumerable.Range(0, Count).MinBy(Loss);

    internal double[] BestPoint => _points[Best];

    internal double Loss(int index) => Square(_residuals[index]);

    /// <summary>Tries points, all at once; their losses, in their order.</summary>
    internal double[] Try(IReadOnlyList<double[]> points)
    {
        _points.AddRange(points);
        _simulated.AddRange(problem.Simulate([.. points.Select(space.Parameters)]));
        for (int i = Count - points.Count; i < Count; i++)
            _residuals.Add(Judge(i));
        return [.. Enumerable.Range(Count - points.Count, points.Count).Select(Loss)];
    }

    /// <summary>The best points, at most so many, the best first.</summary>
    internal double[][] Leading(int count) => [.. Enumerable.Range(0, Count).OrderBy(Loss).Take(count).Select(i => _points[i])];

    /// <summary>Judges every point anew, after the speed sensitivities were learnt.</summary>
    internal void JudgeAnew()
    {
        for (int i = 0; i < Count; i++)
            _residuals[i] = Judge(i);
    }

    /// <summary>
    /// The best of the points that history matching leaves (Vernon, Goldstein and Bower, Bayesian Analysis 5, 2010): those whose implausibility, the
    /// deviation in tolerances that only a twentieth of the observables exceed, is at most 3; the best of all where none is left.
    /// </summary>
    internal double[] BestPlausible()
    {
        int[] left = [.. Enumerable.Range(0, Count).Where(i => Implausibility(_residuals[i][..^space.Dimensions]) <= 3)];
        return left.Length == 0 ? BestPoint : _points[left.MinBy(Loss)];
    }

    private static double Implausibility(double[] residuals) => residuals.Select(Math.Abs).OrderDescending().ElementAt(residuals.Length / 20);

    private static double Square(double[] residuals) => residuals.Sum(r => r * r);

    private double[] Judge(int i) => [.. problem.Unexplained(_simulated[i]), .. together?.Invoke(space.Parameters(_points[i]), _simulated[i]) ?? [], .. _points[i]];
}
