using Colocate.Simulate.Engine;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Latin hypercube sampling (McKay, Beckman and Conover, "A Comparison of Three Methods for Selecting Values of Input Variables", Technometrics
/// 21, 1979): spreads points over the unit cube such that every coordinate alone is spread evenly.
/// </summary>
public static class LatinHypercube
{
    /// <summary>Draws points.</summary>
    /// <param name="count">
    /// How many, at least 1. Each coordinate is divided into as many strata of equal width, and every stratum has exactly one point, anywhere
    /// in it.
    /// </param>
    /// <param name="dimensions">Dimensions of the cube, at least 1. A further dimension leaves the coordinates of the others as they were.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no points or no dimensions.</exception>
    public static double[][] Points(int count, int dimensions, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => new double[dimensions])];
        for (int d = 0; d < dimensions; d++)
        {
            // Stream 0 belongs to a search, so that screening and searching with one seed stay independent.
            var random = new RandomSource(seed, d + 1);
            int[] strata = [.. Enumerable.Range(0, count)];
            for (int i = count - 1; i >= 0; i--)
            {
                int drawn = (int)(random.Uniform() * (i + 1));
                (strata[i], strata[drawn]) = (strata[drawn], strata[i]);
                points[i][d] = (strata[i] + random.Uniform()) / count;
            }
        }

        return points;
    }
}
