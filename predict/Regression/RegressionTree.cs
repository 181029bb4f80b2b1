using Microsoft.ML.Trainers.FastTree;

namespace Colocate.Predict.Regression;

/// <summary>A binary regression tree. A child that is not negative is a node, any other the complement of a leaf; a tree without nodes is its leaf.</summary>
/// <param name="Features">Feature that each node asks for.</param>
/// <param name="Thresholds">A row with at most this goes left.</param>
/// <param name="Left">Left child of each node.</param>
/// <param name="Right">Right child of each node.</param>
/// <param name="Leaves">Value of each leaf.</param>
internal sealed record RegressionTree(int[] Features, float[] Thresholds, int[] Left, int[] Right, double[] Leaves)
{
    /// <summary>A tree of ML.NET.</summary>
    public static RegressionTree Of(RegressionTreeBase tree) => new(
        [.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds], [.. tree.LeftChild], [.. tree.RightChild], [.. tree.LeafValues]);

    /// <summary>The weighted sum of the trees of a boosted ensemble of ML.NET, its bias and an offset added.</summary>
    public static Func<double[], double> Sum(RegressionTreeEnsemble ensemble, double offset)
    {
        RegressionTree[] trees = [.. ensemble.Trees.Select(Of)];
        double[] weights = [.. ensemble.TreeWeights];
        double bias = offset + ensemble.Bias;
        return x =>
        {
            double sum = bias;
            for (int i = 0; i < trees.Length; i++)
                sum += weights[i] * trees[i].Leaf(x);
            return sum;
        };
    }

    /// <summary>Value of the leaf that a row falls into.</summary>
    public double Leaf(double[] x)
    {
        if (Thresholds.Length == 0)
            return Leaves[0];
        int node = 0;
        while (node >= 0)
            node = (float)x[Features[node]] <= Thresholds[node] ? Left[node] : Right[node];
        return Leaves[~node];
    }
}
