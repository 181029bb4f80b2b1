using System.Numerics;
using Colocate.Simulate.Engine;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// The normal distribution from which a CMA-ES draws points, and how the ranking of the points changes it
/// (Hansen, arXiv:1604.00772v2, appendix A). See <see cref="CmaEs"/> for the bounds.
/// </summary>
internal sealed class SearchDistribution
{
    /// <summary>Largest deviation of a coordinate, in edges of the cube: the default of Hansen's pycma (option maxstd_boundrange).</summary>
    public const double LargestDeviation = 1.0 / 3;

    private static readonly ManagedLinearAlgebraProvider s_algebra = new();

    private readonly CmaEsRates _rates;
    private readonly int _n;
    private readonly double[] _mean, _stepPath, _path, _axisLengths, _covariance, _axes;
    private readonly double[][] _normal, _offsets;
    private int _generations;

    /// <summary>Starts as a sphere.</summary>
    public SearchDistribution(CmaEsRates rates, IReadOnlyList<double> mean, double step)
    {
        (_rates, _n, _mean, Step) = (rates, rates.Dimensions, [.. mean], step);
        (_stepPath, _path, _axisLengths) = (new double[_n], new double[_n], new double[_n]);
        (_covariance, _axes) = (new double[_n * _n], new double[_n * _n]);
        (_normal, _offsets) = (new double[rates.Population][], new double[rates.Population][]);
        for (int i = 0; i < _n; i++)
            _covariance[(i * _n) + i] = 1;
        Decompose();
    }

    /// <summary>Mean, in the cube.</summary>
    public IReadOnlyList<double> Mean => _mean;

    /// <summary>Overall step (sigma).</summary>
    public double Step { get; private set; }

    /// <summary>Rows of the matrix C; <see cref="Step"/> squared times C is the covariance.</summary>
    public double[][] Covariance => [.. _covariance.Chunk(_n)];

    /// <summary>Whether the longest axis is at most 1e7 times as long as the shortest.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>Whether every coordinate moves by less than this.</summary>
    public bool IsNarrowerThan(double tolerance) =>
        Enumerable.Range(0, _n).All(i => Step * Math.Max(Deviation(i), Math.Abs(_path[i])) < tolerance);

    /// <summary>Draws a generation.</summary>
    /// <returns>Its points, in the cube.</returns>
    public double[][] Sample(ref RandomSource random)
    {
        var points = new double[_rates.Population][];
        for (int k = 0; k < points.Length; k++)
        {
            _normal[k] = new double[_n];
            for (int i = 0; i < _n; i++)
                _normal[k][i] = random.Normal();
            _offsets[k] = Turned([.. _normal[k].Zip(_axisLengths, (z, length) => z * length)]);
            points[k] = [.. _mean.Zip(_offsets[k], (mean, offset) => Math.Abs(Fold(mean + (Step * offset))))];
        }

        return points;
    }

    /// <summary>Learns from the generation drawn last.</summary>
    /// <param name="ranking">Indices of its points, best first.</param>
    public void Update(int[] ranking)
    {
        _generations++;
        double[] shift = Recombined(_offsets), whitened = Turned(Recombined(_normal));
        for (int i = 0; i < _n; i++)
        {
            _mean[i] += Step * shift[i];
            _stepPath[i] = ((1 - _rates.StepRate) * _stepPath[i]) + (_rates.StepPathGain * whitened[i]);
        }

        double relativeLength = Math.Sqrt(_stepPath.Sum(p => p * p)) / _rates.NormalLength;
        // A path that is still long (a step that is still far too small) would stretch the covariance: the rank-one update pauses.
        bool stalled = relativeLength >= (1.4 + (2.0 / (_n + 1))) * Math.Sqrt(1 - Math.Pow(1 - _rates.StepRate, 2 * _generations));
        for (int i = 0; i < _n; i++)
            _path[i] = ((1 - _rates.PathRate) * _path[i]) + (stalled ? 0 : _rates.PathGain * shift[i]);
        UpdateCovariance(ranking, stalled);
        Step *= Math.Exp(_rates.StepRate / _rates.StepDamping * (relativeLength - 1));
        for (int i = 0; i < _n; i++)
        {
            double folded = Fold(_mean[i]);
            _mean[i] = Math.Abs(folded);
            if (folded < 0)
                Mirror(i);
            Scale(i, Math.Min(1, LargestDeviation / (Step * Deviation(i))));
        }

        Decompose();

        double[] Recombined(double[][] vectors) =>
            [.. Enumerable.Range(0, _n)
                .Select(i => Enumerable.Range(0, _rates.Parents).Sum(rank => _rates.Weights[rank] * vectors[ranking[rank]][i]))];
    }

    private void UpdateCovariance(int[] ranking, bool stalled)
    {
        var weights = new double[ranking.Length];
        for (int rank = 0; rank < weights.Length; rank++)
        {
            // A negative weight must not depend on the length of its point, or the matrix might lose its definiteness.
            double weight = _rates.Weights[rank];
            weights[rank] = _rates.RankMuRate * (weight >= 0 ? weight : weight * _n / _normal[ranking[rank]].Sum(z => z * z));
        }

        double kept = 1 - _rates.RankOneRate - (_rates.RankMuRate * _rates.Weights.Sum());
        if (stalled)
            kept += _rates.RankOneRate * _rates.PathRate * (2 - _rates.PathRate);
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = (kept * _covariance[(i * _n) + j]) + (_rates.RankOneRate * _path[i] * _path[j]);
                for (int rank = 0; rank < weights.Length; rank++)
                    sum += weights[rank] * _offsets[ranking[rank]][i] * _offsets[ranking[rank]][j];
                _covariance[(i * _n) + j] = _covariance[(j * _n) + i] = sum;
            }
        }
    }

    /// <summary>Looks at a coordinate in the mirror: the folded cube is the same on both sides, so the search goes on as it would have.</summary>
    private void Mirror(int coordinate)
    {
        _stepPath[coordinate] = -_stepPath[coordinate];
        Scale(coordinate, -1);
    }

    private void Scale(int coordinate, double factor)
    {
        _path[coordinate] *= factor;
        for (int j = 0; j < _n; j++)
        {
            _covariance[(coordinate * _n) + j] *= factor;
            _covariance[(j * _n) + coordinate] *= factor;
        }
    }

    private void Decompose()
    {
        // The managed provider itself, whatever is configured: its symmetric case is one sequential loop (EISPACK's tred2 and tql2).
        var values = new Complex[_n];
        s_algebra.EigenDecomp(true, _n, [.. _covariance], _axes, values, new double[_n * _n]);
        double least = values.Min(v => v.Real), largest = values.Max(v => v.Real);
        IsSound = least > 0 && largest <= 1e14 * least;
        for (int axis = 0; axis < _n; axis++)
            _axisLengths[axis] = Math.Sqrt(Math.Max(0, values[axis].Real));
    }

    /// <summary>From the axes of the distribution to the coordinates of the cube.</summary>
    private double[] Turned(double[] alongAxes) =>
        [.. Enumerable.Range(0, _n).Select(i => Enumerable.Range(0, _n).Sum(axis => _axes[(axis * _n) + i] * alongAxes[axis]))];

    /// <summary>Reflects a coordinate into the cube, as often as it takes.</summary>
    /// <returns>The coordinate; with a minus sign when the reflected axis points the other way.</returns>
    private static double Fold(double coordinate) => Math.IEEERemainder(coordinate, 2);

    private double Deviation(int coordinate) => Math.Sqrt(_covariance[(coordinate * _n) + coordinate]);
}
