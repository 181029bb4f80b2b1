using Colocate.Model.Runs;

namespace Colocate.Predict.Evaluation;

/// <summary>
/// Weights of a mean of models by ensemble selection (Caruana, Niculescu-Mizil, Crew and Ksikes, ICML 2004): from the model with the least error on held-out
/// pairs, models are added one after another, each as often as it helps most. Few steps keep the weights coarse, which is all that errors of a few
/// workloads can tell apart.
/// </summary>
internal sealed class EnsembleSelection
{
    /// <summary>Models added: weights are multiples of a twentieth.</summary>
    private const int Steps = 20;

    private readonly Row[] _rows;
    private readonly int _models;

    /// <param name="folds">The inner folds.</param>
    /// <param name="fits">The models on them, at least one.</param>
    public EnsembleSelection(IReadOnlyList<Fold> folds, IReadOnlyList<CrossFit> fits)
    {
        Dictionary<WorkloadPair, int> times = CrossFit.TimesHeldOut(folds);
        _rows =
        [
            .. from k in Enumerable.Range(0, folds.Count)
               from i in Enumerable.Range(0, folds[k].Test.Count)
               let pair = folds[k].Test[i]
               select new Row(k, pair.Combined, pair.Weight / times[pair.Pair], [.. fits.Select(f => f.HeldOut[k][i])]),
        ];
        _models = fits.Count;
    }

    /// <summary>Weights that add up to 1.</summary>
    /// <param name="without">A fold whose pairs are passed over; -1 for none. Without any other all models weigh the same.</param>
    public double[] Weights(int without)
    {
        Row[] rows = [.. _rows.Where(r => r.Fold != without)];
        if (rows.Length == 0)
            return [.. Enumerable.Repeat(1.0 / _models, _models)];
        var sums = new double[rows.Length];
        var added = new double[_models];
        for (int step = 1; step <= Steps; step++)
        {
            int best = Enumerable.Range(0, _models).MinBy(m => Error(rows, sums, m, step));
            added[best]++;
            for (int r = 0; r < rows.Length; r++)
                sums[r] += rows[r].Predicted[best];
        }

        return [.. added.Select(a => a / Steps)];
    }

    private static double Error(Row[] rows, double[] sums, int model, int step)
    {
        double error = 0;
        for (int r = 0; r < rows.Length; r++)
            error += rows[r].Weight * Math.Abs(rows[r].Measured - ((sums[r] + rows[r].Predicted[model]) / step));
        return error;
    }

    private sealed record Row(int Fold, double Measured, double Weight, double[] Predicted);
}
