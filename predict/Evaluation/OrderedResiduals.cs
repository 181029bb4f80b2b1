namespace Colocate.Predict.Evaluation;

/// <summary>Residuals by fold, greatest first: ranks among all of them around any centres are then found by merging from the outermost.</summary>
internal sealed class OrderedResiduals
{
    private readonly Residual[][] _folds;

    public OrderedResiduals(IReadOnlyList<Residual> residuals, int folds)
    {
        ILookup<int, Residual> byFold = residuals.ToLookup(r => r.Fold);
        _folds = [.. Enumerable.Range(0, folds).Select(f => byFold[f].OrderByDescending(r => r.Error).ToArray())];
        Shares = residuals.Sum(r => r.Share);
    }

    /// <summary>Number of pairs behind them: each residual counts its share.</summary>
    public double Shares { get; }

    /// <summary>The value at a rank from the least: of all values centre of the fold + error, the least with which those up to it count that many pairs.</summary>
    /// <param name="centres">Centre of each fold.</param>
    /// <param name="rank">Above 0, at most <see cref="Shares"/>.</param>
    public double Outermost(double[] centres, double rank)
    {
        Span<int> next = stackalloc int[_folds.Length];
        double left = Shares, value = double.PositiveInfinity;
        while (left >= rank)
        {
            int outermost = -1;
            double greatest = double.NegativeInfinity;
            for (int f = 0; f < _folds.Length; f++)
            {
                if (next[f] < _folds[f].Length && centres[f] + _folds[f][next[f]].Error is var candidate && candidate > greatest)
                    (outermost, greatest) = (f, candidate);
            }

            if (outermost < 0)
                break;
            value = greatest;
            left -= _folds[outermost][next[outermost]++].Share;
        }

        return value;
    }
}
