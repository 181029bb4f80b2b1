using MathNet.Numerics.LinearAlgebra;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Residuals as linear functions of a point, by least squares over points that were simulated: simulations are rugged on the scale of a step, and what single
/// differences would take for a slope evens out over many points. Near points count more.
/// </summary>
internal sealed class ResponseSurface
{
    /// <summary>Slopes are held toward none by this part of the points' spread, so that few points give a surface, too.</summary>
    private const double Ridge = 0.05;

    private ResponseSurface(double[] centre, Vector<double> value, Matrix<double> slopes, double ruggedness) => (Centre, Value, Slopes, Ruggedness) = (centre, value, slopes, ruggedness);

    internal double[] Centre { get; }

    /// <summary>Residuals at the centre, the ruggedness evened out.</summary>
    internal Vector<double> Value { get; }

    /// <summary>Change of each residual (row) with each coordinate (column).</summary>
    internal Matrix<double> Slopes { get; }

    /// <summary>Mean square, over near points, of what the surface leaves: summed over residuals, in units of the loss.</summary>
    internal double Ruggedness { get; }

    /// <summary>Fits a surface.</summary>
    /// <param name="points">The points.</param>
    /// <param name="residuals">The residuals of each.</param>
    /// <param name="centre">Where the surface is to hold.</param>
    /// <param name="near">How many points are near: the distance of the last of them is the scale on which weights fall.</param>
    internal static ResponseSurface Fit(IReadOnlyList<double[]> points, IReadOnlyList<double[]> residuals, double[] centre, int near)
    {
        int n = centre.Length;
        double[] squared = [.. points.Select(p => p.Zip(centre, (x, c) => (x - c) * (x - c)).Sum())];
        double scale = Math.Max(1e-6, squared.Order().ElementAt(Math.Min(near, squared.Length) - 1));
        double[] weights = [.. squared.Select(d => Math.Exp(-d / (4 * scale)))];
        Matrix<double> x = Matrix<double>.Build.Dense(points.Count, n + 1, (i, k) => weights[i] * (k == n ? 1 : points[i][k] - centre[k]));
        Matrix<double> y = Matrix<double>.Build.Dense(points.Count, residuals[0].Length, (i, k) => weights[i] * residuals[i][k]);
        Matrix<double> ridge = Matrix<double>.Build.DenseDiagonal(n + 1, n + 1, k => k == n ? 1e-9 : Ridge * scale);
        Matrix<double> fit = (x.TransposeThisAndMultiply(x) + ridge).Cholesky().Solve(x.TransposeThisAndMultiply(y));
        double left = (y - (x * fit)).FrobeniusNorm(), total = weights.Sum(w => w * w);
        return new ResponseSurface(centre, fit.Row(n), fit.SubMatrix(0, n, 0, fit.ColumnCount).Transpose(), left * left / total);
    }

    /// <summary>The Gauss-Newton matrix: half the curvature of the loss.</summary>
    internal Matrix<double> Curvature => Slopes.TransposeThisAndMultiply(Slopes);

    /// <summary>The step from the centre to where the surface has its least square, no longer than given (in the Euclidean norm).</summary>
    internal Vector<double> Step(double longest)
    {
        Vector<double> step = -Curvature.Cholesky().Solve(Slopes.TransposeThisAndMultiply(Value));
        double length = step.L2Norm();
        return length > longest ? step * (longest / length) : step;
    }
}
