namespace Colocate.Predict.Regression;

/// <summary>Rows of a weighted regression.</summary>
/// <param name="X">Standardised features, one array a row.</param>
/// <param name="Y">Targets.</param>
/// <param name="Weights">Weights, above 0.</param>
/// <param name="Folds">Row indices that an inner fold holds out; a row may be in several.</param>
internal sealed record RegressionRows(double[][] X, double[] Y, double[] Weights, IReadOnlyList<int[]> Folds)
{
    public int Features => X.Length == 0 ? 0 : X[0].Length;

    public double TotalWeight => Weights.Sum();

    public double MeanY => Y.Zip(Weights, (y, w) => y * w).Sum() / TotalWeight;
}
