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

    /// <summary>The best kernel.</summary>
    /// <param name="system">The pairs.</param>
    /// <param name="hasNames">Whether the workloads have columns of names.</param>
    public static PairKernel Best(KernelSystem system, bool hasNames)
    {
        var tried = new Dictionary<PairKernel, double>();
        var best = new PairKernel(1.2, hasNames ? 1 : 0, 0.2, 0.3, 0.03);
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

        void Try(IEnumerable<PairKernel> kernels) => best = kernels.ToArray().MaxBy(Likelihood)!;

        double Likelihood(PairKernel kernel)
        {
            if (!tried.TryGetValue(kernel, out double likelihood))
                tried[kernel] = likelihood = system.Solve(kernel)?.Likelihood ?? double.NegativeInfinity;
            return likelihood;
        }
    }
}
