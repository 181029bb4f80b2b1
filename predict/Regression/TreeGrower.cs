namespace Colocate.Predict.Regression;

/// <summary>Grows trees of random splits on one set of rows, one after another. Not safe for several threads.</summary>
internal sealed class TreeGrower
{
    private readonly float[][] _columns;
    private readonly double[] _left, _weights;
    private readonly int[] _order, _features;
    private readonly int _fewest, _tries;
    private readonly Random _random;
    private readonly List<int> _asked = [], _lefts = [], _rights = [];
    private readonly List<float> _thresholds = [];
    private readonly List<double> _leaves = [];

    /// <param name="rows">The rows, with at least one feature.</param>
    /// <param name="offset">What the trees are to be added to.</param>
    /// <param name="fewest">Rows below which a node is a leaf.</param>
    /// <param name="tries">Features with spread that a node tries.</param>
    /// <param name="random">Where splits come from.</param>
    public TreeGrower(RegressionRows rows, double offset, int fewest, int tries, Random random)
    {
        _columns = [.. Enumerable.Range(0, rows.Features).Select(f => rows.X.Select(x => (float)x[f]).ToArray())];
        _left = [.. rows.Y.Select(y => y - offset)];
        _weights = rows.Weights;
        _order = new int[rows.Y.Length];
        _features = new int[rows.Features];
        (_fewest, _tries, _random) = (fewest, tries, random);
    }

    public RegressionTree Grow()
    {
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        for (int f = 0; f < _features.Length; f++)
            _features[f] = f;
        _asked.Clear();
        _thresholds.Clear();
        _lefts.Clear();
        _rights.Clear();
        _leaves.Clear();
        Node(0, _order.Length);
        return new RegressionTree([.. _asked], [.. _thresholds], [.. _lefts], [.. _rights], [.. _leaves]);
    }

    /// <summary>Grows the node of the rows at those places in the order, and all below.</summary>
    private int Node(int from, int to)
    {
        (int feature, float threshold) = to - from < _fewest ? (-1, 0) : Best(from, to);
        if (feature < 0)
            return Leaf(from, to);
        int node = _asked.Count, middle = Partition(_columns[feature], threshold, from, to);
        _asked.Add(feature);
        _thresholds.Add(threshold);
        _lefts.Add(0);
        _rights.Add(0);
        _lefts[node] = Node(from, middle);
        _rights[node] = Node(middle, to);
        return node;
    }

    private int Leaf(int from, int to)
    {
        double sum = 0, weight = 0;
        foreach (int i in _order.AsSpan(from, to - from))
            (sum, weight) = (sum + (_weights[i] * _left[i]), weight + _weights[i]);
        _leaves.Add(sum / weight);
        return ~(_leaves.Count - 1);
    }

    /// <summary>The split that leaves the least squared error, of one random split for each of some features; a feature below 0 when none has spread.</summary>
    private (int Feature, float Threshold) Best(int from, int to)
    {
        (int, float) best = (-1, 0);
        double most = double.NegativeInfinity;
        for (int tried = 0, next = 0; tried < _tries && next < _features.Length; next++)
        {
            int pick = _random.Next(next, _features.Length);
            (_features[next], _features[pick]) = (_features[pick], _features[next]);
            if (Threshold(_columns[_features[next]], from, to) is not float threshold)
                continue;
            tried++;
            double gain = Explained(_columns[_features[next]], threshold, from, to);
            if (gain > most)
                (most, best) = (gain, (_features[next], threshold));
        }

        return best;
    }

    /// <summary>Anywhere between the least and the greatest value, below the latter; null when they are the same.</summary>
    private float? Threshold(float[] column, int from, int to)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (int i in _order.AsSpan(from, to - from))
            (low, high) = (Math.Min(low, column[i]), Math.Max(high, column[i]));
        if (!(low < high))
            return null;
        float threshold = (float)(low + (_random.NextDouble() * (high - low)));
        return threshold < high ? threshold : low;
    }

    /// <summary>Sum of squares of the means of both sides: what it exceeds that of the node by is the squared error that the split explains.</summary>
    private double Explained(float[] column, float threshold, int from, int to)
    {
        double leftSum = 0, leftWeight = 0, sum = 0, weight = 0;
        foreach (int i in _order.AsSpan(from, to - from))
        {
            double w = _weights[i], y = w * _left[i];
            (sum, weight) = (sum + y, weight + w);
            if (column[i] <= threshold)
                (leftSum, leftWeight) = (leftSum + y, leftWeight + w);
        }

        return (leftSum * leftSum / leftWeight) + ((sum - leftSum) * (sum - leftSum) / (weight - leftWeight));
    }

    private int Partition(float[] column, float threshold, int from, int to)
    {
        while (from < to)
        {
            if (column[_order[from]] <= threshold)
                from++;
            else
                (_order[from], _order[--to]) = (_order[to], _order[from]);
        }

        return from;
    }
}
