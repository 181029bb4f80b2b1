using Colocate.Simulate.Engine;

namespace Colocate.Tests.Simulate.Calibration;

/// <summary>Losses whose optimum is known, over the unit cube.</summary>
internal static class Landscape
{
    /// <summary>The usual test functions; the optimum is 0, and ten (Rosenbrock: four) units fit into an edge of the cube.</summary>
    public static Func<double[], double> Named(string name, int dimensions)
    {
        double[][] axes = Axes(dimensions);
        return name switch
        {
            "sphere" => x => x.Sum(v => Square((10 * v) - 4)),
            "ellipsoid" => x => Ellipsoid([.. x.Select(v => (10 * v) - 4)]),
            "rotated ellipsoid" => x => Ellipsoid([.. axes.Select(axis => axis.Zip(x, (a, v) => a * ((10 * v) - 4)).Sum())]),
            "Rosenbrock" => x => Rosenbrock([.. x.Select(v => (4 * v) - 2)]),
            "sphere in a corner" => x => x.Sum(v => Square(10 * v)),
            "ellipsoid in the other corner" => x => Ellipsoid([.. x.Select(v => 10 * (1 - v))]),
            "slope into a corner" => x => x.Sum(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such landscape"),
        };
    }

    public static double Square(double value) => value * value;

    private static double Ellipsoid(double[] x) => x.Select((v, i) => Math.Pow(1e6, (double)i / (x.Length - 1)) * v * v).Sum();

    private static double Rosenbrock(double[] x) =>
        Enumerable.Range(0, x.Length - 1).Sum(i => (100 * Square(x[i + 1] - Square(x[i]))) + Square(1 - x[i]));

    /// <summary>A random orthonormal basis: normal vectors, made orthogonal one after the other.</summary>
    private static double[][] Axes(int dimensions)
    {
        var random = new RandomSource(5, 0);
        var axes = new double[dimensions][];
        for (int i = 0; i < dimensions; i++)
        {
            var axis = new double[dimensions];
            for (int k = 0; k < dimensions; k++)
                axis[k] = random.Normal();
            foreach (double[] other in axes[..i])
            {
                double along = axis.Zip(other, (a, b) => a * b).Sum();
                axis = [.. axis.Zip(other, (a, b) => a - (along * b))];
            }

            double length = Math.Sqrt(axis.Sum(a => a * a));
            axes[i] = [.. axis.Select(a => a / length)];
        }

        return axes;
    }
}
