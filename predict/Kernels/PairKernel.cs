namespace Colocate.Predict.Kernels;

/// <summary>
/// How alike two pairs of workloads are. Two workloads: a Gaussian of the distance of their standardised figures, mixed with the share of names that
/// they have in common, and, for all that figures do not say, whether they are the same. Two pairs: sums of that over their members (each
/// workload adds something of its own) and its symmetric product (what the two do to each other; Ben-Hur and Noble, "Kernel methods for
/// predicting protein-protein interactions", Bioinformatics 2005). The order of a pair never matters, and a pair is like itself by about 1.
/// </summary>
/// <param name="Length">Distance over which workloads grow unlike, in standard deviations of a column, above 0.</param>
/// <param name="Names">Weight of names in common relative to that of figures, at least 0.</param>
/// <param name="Own">Share that only the same workload has, 0..1.</param>
/// <param name="Additive">Share of what each adds alone, 0..1; the rest is the product.</param>
/// <param name="Noise">Variance of one measured run relative to that of scores, above 0.</param>
internal sealed record PairKernel(double Length, double Names, double Own, double Additive, double Noise)
{
    /// <summary>Of two workloads, 0..1.</summary>
    /// <param name="squaredDistance">Mean over columns of the squared difference of standardised figures.</param>
    /// <param name="commonNames">Share of the columns of names in which both bear the same; null without such columns.</param>
    public double OfWorkloads(double squaredDistance, double? commonNames)
    {
        double alike = Math.Exp(-squaredDistance / (2 * Length * Length));
        if (commonNames is double common)
            alike = (alike + (Names * common)) / (1 + Names);
        return ((1 - Own) * alike) + (squaredDistance == 0 && commonNames is null or 1 ? Own : 0);
    }

    /// <summary>Of two pairs (a, b) and (c, d), from how alike their members are.</summary>
    public double OfPairs(double ac, double bd, double ad, double bc) =>
        (Additive * (ac + bd + ad + bc) / 4) + ((1 - Additive) * ((ac * bd) + (ad * bc)) / 2);
}
