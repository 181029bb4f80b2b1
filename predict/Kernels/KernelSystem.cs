using Colocate.Predict.Regression;

namespace Colocate.Predict.Kernels;

/// <summary>Pairs with scores, as a Gaussian process sees them (Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, algorithm 2.1).</summary>
/// <param name="points">The workloads.</param>
/// <param name="a">Index of the first workload of each pair.</param>
/// <param name="b">Index of the second.</param>
/// <param name="y">Scores less their mean.</param>
/// <param name="weights">Runs behind each.</param>
internal sealed class KernelSystem(WorkloadPoints points, int[] a, int[] b, double[] y, double[] weights)
{
    /// <summary>Every pair's weight in a prediction, and the log marginal likelihood of the scores with the best variance for the kernel; null when it is singular.</summary>
    public (double[] Alpha, double Likelihood)? Solve(PairKernel kernel)
    {
        int n = y.Length;
        double[][] alike = [.. points.Figures.Select((f, w) => points.Alike(kernel, f, points.Names[w]))];
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            double[] ofA = alike[a[i]], ofB = alike[b[i]];
            for (int j = 0; j <= i; j++)
                matrix[(i * n) + j] = kernel.OfPairs(ofA[a[j]], ofB[b[j]], ofA[b[j]], ofB[a[j]]);
            matrix[(i * n) + i] += kernel.Noise / weights[i];
        }

        if (!Cholesky.Factor(matrix, n))
            return null;
        double[] alpha = [.. y];
        Cholesky.Forward(matrix, n, alpha);
        double misfit = alpha.Sum(v => v * v), logDeterminant = 0;
        for (int i = 0; i < n; i++)
            logDeterminant += Math.Log(matrix[(i * n) + i]);
        Cholesky.Backward(matrix, n, alpha);
        // A set without spread is fitted by any kernel.
        return (alpha, (-0.5 * n * Math.Log(Math.Max(misfit / n, 1e-300))) - logDeterminant);
    }
}
