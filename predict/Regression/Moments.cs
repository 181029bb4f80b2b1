namespace Colocate.Predict.Regression;

/// <summary>
/// Weighted sums over rows, all that least squares asks of them. Sums of a part are those of the whole less those of the rest, which makes leaving
/// rows out cheap. Features are standardised, so nothing is lost by subtracting means from the sums afterwards.
/// </summary>
/// <param name="Weight">Sum of the weights.</param>
/// <param name="SumX">Weighted sum of each feature.</param>
/// <param name="SumY">Weighted sum of the targets.</param>
/// <param name="Squares">Row-major lower triangle of the weighted sums of products of two features.</param>
/// <param name="Products">Weighted sum of each feature times the target.</param>
internal sealed record Moments(double Weight, double[] SumX, double SumY, double[] Squares, double[] Products)
{
    public int Features => SumX.Length;

    public static Moments Of(RegressionRows rows, IEnumerable<int> among)
    {
        int features = rows.Features;
        double weight = 0, sumY = 0;
        double[] sumX = new double[features], squares = new double[features * features], products = new double[features];
        foreach (int i in among)
        {
            double[] x = rows.X[i];
            double w = rows.Weights[i], y = rows.Y[i];
            weight += w;
            sumY += w * y;
            Vectors.AddScaled(sumX, x, w);
            Vectors.AddScaled(products, x, w * y);
            for (int f = 0; f < features; f++)
            {
                if (x[f] != 0)
                    Vectors.AddScaled(squares.AsSpan(f * features, f + 1), x.AsSpan(0, f + 1), w * x[f]);
            }
        }

        return new Moments(weight, sumX, sumY, squares, products);
    }

    public Moments Without(Moments rest) => new(
        Weight - rest.Weight, Less(SumX, rest.SumX), SumY - rest.SumY, Less(Squares, rest.Squares), Less(Products, rest.Products));

    private static double[] Less(double[] all, double[] rest)
    {
        double[] left = [.. all];
        Vectors.AddScaled(left, rest, -1);
        return left;
    }
}
