using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Kernels;

/// <summary>The workloads of a training part as points: standardised figures, and names.</summary>
/// <param name="Means">Mean of each solo column over the workloads.</param>
/// <param name="Scales">What a difference in each counts: 1 / standard deviation, times what <see cref="Stretch"/> gave it; 0 for a constant column.</param>
/// <param name="Figures">Standardised figures of each workload.</param>
/// <param name="Names">Names of each workload, null where unknown.</param>
internal sealed record WorkloadPoints(double[] Means, double[] Scales, double[][] Figures, string?[][] Names)
{
    public static WorkloadPoints Of(TrainingSet part, SoloSpace solo)
    {
        PairInput[] own = [.. part.Profiles.Select(p => solo.Pair(new PairProfile(p, p, new Halves(0, 0))))];
        var means = new double[solo.Columns.Count];
        var scales = new double[solo.Columns.Count];
        for (int c = 0; c < means.Length; c++)
        {
            double mean = means[c] = own.Average(w => w.A[c]);
            double scale = Math.Sqrt(own.Average(w => (w.A[c] - mean) * (w.A[c] - mean)));
            // Below this a column is constant but for rounding.
            scales[c] = scale > 1e-9 * Math.Max(1, Math.Abs(mean)) ? scale : double.PositiveInfinity;
        }

        var points = new WorkloadPoints(means, [.. scales.Select(s => double.IsInfinity(s) ? 0 : 1 / s)], [], []);
        return points with { Figures = [.. own.Select(w => points.Standardise(w.A))], Names = [.. own.Select(w => w.NamesA.ToArray())] };
    }

    public double[] Standardise(IReadOnlyList<double> figures)
    {
        var values = new double[Means.Length];
        for (int c = 0; c < values.Length; c++)
            values[c] = (figures[c] - Means[c]) * Scales[c];
        return values;
    }

    /// <summary>The points with one column counting that many times as much; 0 takes it out.</summary>
    public WorkloadPoints Stretch(int column, double factor) => this with
    {
        Scales = [.. Scales.Select((scale, c) => c == column ? factor * scale : scale)],
        Figures = [.. Figures.Select(f => f.Select((v, c) => c == column ? factor * v : v).ToArray())],
    };

    /// <summary>How alike every workload and the given one are.</summary>
    public double[] Alike(PairKernel kernel, double[] figures, IReadOnlyList<string?> names)
    {
        var alike = new double[Figures.Length];
        for (int w = 0; w < alike.Length; w++)
            alike[w] = kernel.OfWorkloads(SquaredDistance(figures, Figures[w]), CommonNames(names, Names[w]));
        return alike;
    }

    private static double SquaredDistance(double[] x, double[] y)
    {
        double sum = 0;
        for (int c = 0; c < x.Length; c++)
            sum += (x[c] - y[c]) * (x[c] - y[c]);
        return x.Length == 0 ? 0 : sum / x.Length;
    }

    private static double? CommonNames(IReadOnlyList<string?> x, string?[] y)
    {
        if (y.Length == 0)
            return null;
        int common = 0;
        for (int c = 0; c < y.Length; c++)
            common += x[c] is not null && x[c] == y[c] ? 1 : 0;
        return (double)common / y.Length;
    }
}
