using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// How far errors would move with other workloads of the same kind: the bootstrap (Efron, Annals of Statistics 1979) over workloads, not pairs, since pairs share their members
/// (node resampling: Snijders and Borgatti, Connections 1999). A draw takes as many workloads as there are, with replacement; a pair counts as often as its two members
/// together, one of equal workloads as often as its workload. Every model sees the same draws, so that differences are paired.
/// </summary>
internal sealed class WorkloadBootstrap
{
    private const int Draws = 1000;

    /// <summary>Ends of a 90 % interval.</summary>
    private const double Tail = 0.05;

    private readonly Dictionary<string, int> _places;
    private readonly int[][] _draws;

    /// <param name="predictions">Predictions of any one model: they say which workloads there are.</param>
    /// <param name="seed">Seed of the draws.</param>
    public WorkloadBootstrap(IEnumerable<EvaluationPairRow> predictions, int seed)
    {
        string[] workloads = [.. predictions.SelectMany(p => new[] { p.WorkloadA, p.WorkloadB }).Distinct().Order(WorkloadOrder.Instance)];
        _places = workloads.Select((w, i) => (w, i)).ToDictionary(w => w.w, w => w.i, StringComparer.Ordinal);
        var random = new Random(seed);
        _draws = new int[Draws][];
        for (int d = 0; d < Draws; d++)
        {
            _draws[d] = new int[workloads.Length];
            for (int i = 0; i < workloads.Length; i++)
                _draws[d][random.Next(workloads.Length)]++;
        }
    }

    /// <summary>Adds to the errors of a model how sure they are, and how far above those of auto.</summary>
    /// <param name="row">The errors.</param>
    /// <param name="own">The model's predictions.</param>
    /// <param name="auto">Those of auto, of the same pairs in the same order.</param>
    public EvaluationRow AddTo(EvaluationRow row, IReadOnlyList<EvaluationPairRow> own, IReadOnlyList<EvaluationPairRow> auto)
    {
        double[] mae = Means(own, Absolute), mape = Means(own, Relative), autoMae = Means(auto, Absolute), autoMape = Means(auto, Relative);
        row = row with { MaeLow = End(mae, Tail), MaeHigh = End(mae, 1 - Tail), MapeLow = End(mape, Tail), MapeHigh = End(mape, 1 - Tail) };
        if (ReferenceEquals(own, auto))
            return row;
        double[] above = [.. mae.Zip(autoMae, (m, a) => m - a)], aboveRelative = [.. mape.Zip(autoMape, (m, a) => m - a)];
        return row with
        {
            MaeAboveAutoLow = End(above, Tail),
            MaeAboveAutoHigh = End(above, 1 - Tail),
            MapeAboveAutoLow = End(aboveRelative, Tail),
            MapeAboveAutoHigh = End(aboveRelative, 1 - Tail),
        };
    }

    private static double Absolute(EvaluationPairRow pair) => Math.Abs(pair.Predicted - pair.Measured);

    /// <summary>A pair that scored nothing has no relative error.</summary>
    private static double Relative(EvaluationPairRow pair) => pair.Measured > 0 ? Absolute(pair) / pair.Measured : double.NaN;

    /// <summary>The mean error of each draw, weighted as in <see cref="ErrorSummary"/>; draws that hold no pair are left out for all models alike.</summary>
    private double[] Means(IReadOnlyList<EvaluationPairRow> pairs, Func<EvaluationPairRow, double> error)
    {
        (int A, int B, double Weight, double Error)[] counted =
        [
            .. pairs.GroupBy(p => (p.WorkloadA, p.WorkloadB))
                .Select(g => (A: _places[g.Key.WorkloadA], B: _places[g.Key.WorkloadB], Weight: g.Average(p => p.Weight), Error: g.Average(error)))
                .Where(p => !double.IsNaN(p.Error)),
        ];
        var means = new List<double>();
        foreach (int[] draw in _draws)
        {
            double sum = 0, weight = 0;
            foreach ((int a, int b, double w, double e) in counted)
            {
                double times = w * (a == b ? draw[a] : draw[a] * draw[b]);
                sum += times * e;
                weight += times;
            }

            if (weight > 0)
                means.Add(sum / weight);
        }

        return [.. means];
    }

    private static double? End(double[] values, double share)
    {
        double[] ordered = [.. values.Order()];
        return ordered.Length == 0 ? null : ordered[(int)Math.Round(share * (ordered.Length - 1))];
    }
}
