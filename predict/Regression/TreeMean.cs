namespace Colocate.Predict.Regression;

/// <summary>An offset plus the mean of trees; saved as little-endian numbers.</summary>
internal sealed class TreeMean(double offset, RegressionTree[] trees) : IRegressor
{
    private const int Version = 1;

    public double Predict(double[] x)
    {
        double sum = 0;
        foreach (RegressionTree tree in trees)
            sum += tree.Leaf(x);
        return offset + (sum / trees.Length);
    }

    public byte[] Save()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write(offset);
        writer.Write(trees.Length);
        foreach (RegressionTree tree in trees)
        {
            writer.Write(tree.Thresholds.Length);
            for (int i = 0; i < tree.Thresholds.Length; i++)
            {
                writer.Write(tree.Features[i]);
                writer.Write(tree.Thresholds[i]);
                writer.Write(tree.Left[i]);
                writer.Write(tree.Right[i]);
            }

            foreach (double leaf in tree.Leaves)
                writer.Write(leaf);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="FormatException">The bytes are something else.</exception>
    public static TreeMean Read(byte[] saved)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(saved));
            if (reader.ReadInt32() is var version and not Version)
                throw new FormatException($"trees of version {version}");
            double offset = reader.ReadDouble();
            var trees = new RegressionTree[reader.ReadInt32()];
            for (int t = 0; t < trees.Length; t++)
            {
                int nodes = reader.ReadInt32();
                var tree = new RegressionTree(new int[nodes], new float[nodes], new int[nodes], new int[nodes], new double[nodes + 1]);
                for (int i = 0; i < nodes; i++)
                    (tree.Features[i], tree.Thresholds[i], tree.Left[i], tree.Right[i]) = (reader.ReadInt32(), reader.ReadSingle(), reader.ReadInt32(), reader.ReadInt32());
                for (int i = 0; i <= nodes; i++)
                    tree.Leaves[i] = reader.ReadDouble();
                trees[t] = tree;
            }

            return new TreeMean(offset, trees);
        }
        catch (Exception e) when (e is EndOfStreamException or OverflowException)
        {
            throw new FormatException("not trees", e);
        }
    }
}
