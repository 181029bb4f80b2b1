namespace Colocate.Predict.Kernels;

/// <summary>
/// Chooses the kernel of greatest marginal likelihood (Rasmussen and Williams 2006, chapter 5): the grid of each parameter in turn, the
/// others held, until none changes. A grid is as fine as a few hundred pairs can tell apart, and the same on every machine.
/// </summary>
internal static class KernelSearch
{
    private const int MostRounds = 3;

    private static readonly double[] s_lengths = [0.3, 0.6, 1.2, 2.4, 4.8], s_names = [0, 0.5, 1, 2], s_own = [0, 0.1, 0.2, 0.4], s_additive = [0, 0.3, 0.6],
        s_noises = [0.003, 0.01, 0.03, 0.1, 0.3];

    /// <summary>Pairs from which columns may count differently (automatic relevance determination, chapter 5.1): fewer do not tell them apart.</summary>
    private const int FewestPairsOfRelevance = 100;

    /// <summary>Rise of the log likelihood that a column must bring to count differently: half the logarithm of the pairs, as in Schwarz's criterion (1978).</summary>
    private const double Threshold = 2.5;

    private static readonly double[] s_stretches = [0, 0.5, 2];

    /// <summary>The best kernel, and the points with columns that count as much as they matter.</summary>
    /// <param name="system">The pairs, given the points.</param>
    /// <param name="points">The workloads, every column counting the same.</param>
    /// <param name="hasNames">Whether the workloads have columns of names.</param>
    /// <param name="pairs">Number of the pairs.</param>
    public static (WorkloadPoints Points, PairKernel Kernel) Best(Func<WorkloadPoints, KernelSystem> system, WorkloadPoints points, bool hasNames, int pairs)
    {
        PairKernel kernel = Best(system(points), hasNames, new PairKernel(1.2, hasNames ? 1 : 0, 0.2, 0.3, 0.03));
        if (pairs < FewestPairsOfRelevance || points.Means.Length < 2)
            return (points, kernel);
        WorkloadPoints before = points;
        for (int round = 0; round < MostRounds; round++)
        {
            WorkloadPoints start = points;
            double likelihood = Likelihood(system(points), kernel);
            for (int column = 0; column < points.Means.Length; column++)
            {
                foreach (double stretch in s_stretches)
                {
                    WorkloadPoints stretched = points.Stretch(column, stretch);
                    if (Likelihood(system(stretched), kernel) is var risen && risen > likelihood + Threshold)
                        (points, likelihood) = (stretched, risen);
                }
            }

            if (points == start)
                break;
        }

        return points == before ? (points, kernel) : (points, Best(system(points), hasNames, kernel));
    }

    private static double Likelihood(KernelSystem system, PairKernel kernel) => system.Solve(kernel)?.Likelihood ?? double.NegativeInfinity;

    private static PairKernel Best(KernelSystem system, bool hasNames, PairKernel start)
    {
        var tried = new Dictionary<PairKernel, double>();
        PairKernel best = start;
        for (int round = 0; round < MostRounds; round++)
        {
            PairKernel before = best;
            Try(s_noises.Select(v => best with { Noise = v }));
            Try(s_lengths.Select(v => best with { Length = v }));
            Try(s_own.Select(v => best with { Own = v }));
            Try(s_additive.Select(v => best with { Additive = v }));
            if (hasNames)
                Try(s_names.Select(v => best with { Names = v }));
            if (best == before)
                break;
        }

        return best;

        void Try(IEnumerable<PairKernel> kernels) => best = kernels.ToArray().MaxBy(Known)!;

        double Known(PairKernel kernel)
        {
            if (!tried.TryGetValue(kernel, out double likelihood))
                tried[kernel] = likelihood = Likelihood(system, kernel);
            return likelihood;
        }
    }
}
