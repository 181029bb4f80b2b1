namespace Colocate.Predict.Features;

/// <summary>A way to combine one column of two workloads into a pair feature.</summary>
/// <param name="Name">Name, put before the column's.</param>
/// <param name="Definition">Formula in u_a and u_b.</param>
/// <param name="SharedOnly">True when it only makes sense for shares of a common resource.</param>
/// <param name="Compute">The formula.</param>
public sealed record PairCombination(string Name, string Definition, bool SharedOnly, Func<double, double, double> Compute)
{
    internal PairFeature Of(SoloSpace space, int column) => new(
        $"{Name}_{space.Columns[column].Name}",
        Definition,
        pair => Compute(pair.A[column], pair.B[column]));
}
