using Colocate.Predict.Kernels;
using Colocate.Predict.Regression;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace Colocate.Tests.Predict;

/// <summary>
/// Algebra against MathNet, and a Gaussian process and ridge against scikit-learn 1.2.1: GaussianProcessRegressor on the same precomputed kernel
/// (alpha = noise / runs): alpha_, and log_marginal_likelihood_value_ with the best variance, less its constants n/2 (1 + ln 2 pi); Ridge with sample weights.
/// </summary>
public sealed class KernelTests
{
    private static readonly PairKernel s_kernel = new(1.2, 0.5, 0.1, 0.3, 0.03);

    private static readonly WorkloadPoints s_points = new([0, 0], [1, 1], [[-1.2, 0.3], [0.1, -0.9], [0.8, 0.5], [1.4, 1.1]], [["p"], ["q"], ["p"], ["r"]]);

    [Fact]
    public void Weights_of_pairs_and_likelihood_are_those_of_scikit_learn()
    {
        var system = new KernelSystem(s_points, [0, 0, 1, 2, 3], [0, 1, 2, 3, 3], [0.1, -0.2, 0.05, 0.3, -0.25], [1, 2, 1, 3, 1]);
        (double[] alpha, double likelihood) = system.Solve(s_kernel)!.Value;
        double[] expected = [0.2539982274257556, -0.9261190731936093, 0.2182585885900296, 1.4221860092061323, -1.0539235227549486];
        Assert.All(expected.Zip(alpha), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        Assert.Equal(5.903788400657902, likelihood, 1e-9);
    }

    [Fact]
    public void Ridge_is_that_of_scikit_learn()
    {
        var rows = new RegressionRows([[1, -0.5, 0.2], [0.3, 1.2, -1], [-0.7, 0.1, 0.9], [-0.6, -0.8, -0.1]], [1.2, 0.9, 1.4, 1.1], [1, 2, 1, 1], []);
        LinearRegressor fit = new RidgeRegression().Fit(rows, 0.1);
        double[] expected = [-0.014241033825099779, -0.016961384434936406, 0.20303524232599432];
        Assert.All(expected.Zip(fit.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(1.1455322427590897, fit.Bias, 1e-12);
    }

    [Fact]
    public void Factor_and_solution_are_those_of_mathnet() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 1000]).Sample(
            (n, seed) =>
            {
                Matrix<double> root = Matrix<double>.Build.Random(n, n, seed);
                Matrix<double> matrix = (root * root.Transpose()) + Matrix<double>.Build.DenseIdentity(n);
                Vector<double> right = Vector<double>.Build.Random(n, seed + 1);
                double[] factor = matrix.ToRowMajorArray(), x = right.ToArray();
                Assert.True(Cholesky.Factor(factor, n));
                Cholesky.Forward(factor, n, x);
                Cholesky.Backward(factor, n, x);
                Assert.All(matrix.Cholesky().Solve(right).Zip(x), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
            },
            iter: 100);

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused() => Assert.False(Cholesky.Factor([1, 2, 2, 1], 2));

    [Fact]
    public void The_same_workload_is_wholly_like_itself_and_unlike_a_twin_of_another_name()
    {
        Assert.Equal(1, s_kernel.OfWorkloads(0, 1), 1e-12);
        Assert.Equal(0.9 / 1.5, s_kernel.OfWorkloads(0, 0), 1e-12);
        Assert.Equal(1, s_kernel.OfWorkloads(0, null), 1e-12);
        Assert.Equal(s_kernel.OfPairs(0.5, 0.2, 0.7, 0.1), s_kernel.OfPairs(0.7, 0.1, 0.5, 0.2), 1e-12);
    }
}
