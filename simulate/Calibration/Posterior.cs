using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// The normal distribution that a surface of residuals and the prior make of the parameters, in the coordinates of a <see cref="ParameterSpace"/>: precision is
/// the Gauss-Newton matrix (to which the prior adds the unit matrix), variance is widened by the misfit.
/// </summary>
internal sealed class Posterior
{
    private readonly ResponseSurface _surface;
    private readonly ParameterSpace _space;
    private readonly Matrix<double> _precision, _covariance;
    private readonly Vector<double> _mean;

    /// <summary>Makes it.</summary>
    /// <param name="surface">Residuals, the point itself as the last of them, as <see cref="SearchHistory.Residuals"/> has it.</param>
    /// <param name="space">The space.</param>
    /// <param name="freedom">Degrees of freedom of the loss.</param>
    internal Posterior(ResponseSurface surface, ParameterSpace space, int freedom)
    {
        (_surface, _space) = (surface, space);
        _precision = surface.Curvature;
        Loss = surface.Value.DotProduct(surface.Value) + surface.Ruggedness;
        Misfit = Math.Max(1, Loss / freedom);
        _covariance = _precision.Inverse() * Misfit;
        _mean = Vector<double>.Build.DenseOfArray(surface.Centre) + surface.Step(1);
        StandardErrors = [.. _covariance.Diagonal().PointwiseSqrt()];
    }

    /// <summary>What a simulation at the surface's centre is expected to lose: the surface's square and its ruggedness. The best fit itself lost less by luck.</summary>
    internal double Loss { get; }

    /// <summary>See <see cref="Identifiability.Misfit"/>.</summary>
    internal double Misfit { get; }

    /// <summary>Standard errors of the coordinates.</summary>
    internal IReadOnlyList<double> StandardErrors { get; }

    internal IReadOnlyList<IReadOnlyList<double>> Correlations =>
        [.. StandardErrors.Select((a, i) => (IReadOnlyList<double>)[.. StandardErrors.Select((b, k) => i == k ? 1 : _covariance[i, k] / (a * b))])];

    /// <summary>Eigenvectors of what the runs say, without the prior, which says the same of all directions.</summary>
    internal IReadOnlyList<ParameterDirection> Directions
    {
        get
        {
            var eigen = (_precision - Matrix<double>.Build.DenseIdentity(_precision.RowCount)).Evd(Symmetricity.Symmetric);
            return
            [
                .. Enumerable.Range(0, _precision.RowCount).OrderBy(i => eigen.EigenValues[i].Real).Select(i =>
                {
                    Vector<double> v = eigen.EigenVectors.Column(i);
                    return new ParameterDirection(Math.Max(0, eigen.EigenValues[i].Real), [.. v * Math.Sign(v[v.AbsoluteMaximumIndex()])]);
                }),
            ];
        }
    }

    /// <summary>Draws points, spread evenly over the distribution.</summary>
    internal double[][] Draw(int count, long seed)
    {
        Matrix<double> root = _covariance.Cholesky().Factor;
        return [.. LatinHypercube.Points(count, _space.Dimensions, seed).Select(u => _space.Clamped([.. _mean + (root * Vector<double>.Build.DenseOfEnumerable(u.Select(x => Normal.InvCDF(0, 1, x))))]))];
    }

    /// <summary>Where all other coordinates are best when one is held.</summary>
    internal double[] Conditional(int held, double value)
    {
        double[] point = _space.Clamped([.. _mean + (_covariance.Column(held) * ((value - _mean[held]) / _covariance[held, held]))]);
        point[held] = value;
        return point;
    }

    /// <summary>A Gauss-Newton step of all other coordinates from where residuals are known.</summary>
    internal double[] Improved(int held, double[] from, double[] residuals)
    {
        Matrix<double> slopes = _surface.Slopes.RemoveColumn(held);
        Vector<double> step = -slopes.TransposeThisAndMultiply(slopes).Cholesky().Solve(slopes.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(residuals)));
        return _space.Clamped([.. from.Select((x, i) => i == held ? x : x + step[i < held ? i : i - 1])]);
    }

    /// <summary>The loss that the distribution expects where one coordinate is held and the others are best.</summary>
    internal double Expected(int held, double value) => Loss + (Math.Pow(value - _mean[held], 2) / _covariance[held, held] * Misfit);
}
