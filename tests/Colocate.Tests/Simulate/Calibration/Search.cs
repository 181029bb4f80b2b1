using System.Globalization;
using Colocate.Simulate.Calibration;

namespace Colocate.Tests.Simulate.Calibration;

/// <summary>A search and everything it asked and reported on its way.</summary>
internal sealed class Search : IProgress<CmaEsGeneration>
{
    public List<double[]> Points { get; } = [];

    public List<CmaEsGeneration> Generations { get; } = [];

    public CmaEsResult Result { get; private set; } = null!;

    /// <summary>Every digit of the points and the result.</summary>
    public string Trace => string.Join('\n', Points.Append([.. Result.Best]).Append([.. Result.Mean]).Append([Result.Step]).Concat(Result.Covariance.Select(r => r.ToArray()))
        .Select(p => string.Join(' ', p.Select(x => x.ToString("R", CultureInfo.InvariantCulture))))) + $"\n{Result.Evaluations} {Result.Stop}";

    public static Search For(Func<double[], double> loss, int dimensions, CmaEsSettings settings, int evaluations = 200_000, double start = 0.5, int threads = 1)
    {
        var search = new Search();
        search.Result = new CmaEs(settings, [.. Enumerable.Repeat(start, dimensions)]).Minimise(Evaluate, evaluations, search);
        return search;

        double[] Evaluate(IReadOnlyList<double[]> points)
        {
            search.Points.AddRange(points);
            var losses = new double[points.Count];
            Parallel.For(0, losses.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, k => losses[k] = loss(points[k]));
            return losses;
        }
    }

    public void Report(CmaEsGeneration value) => Generations.Add(value);
}
