using Colocate.Model.Runs;
using Colocate.Predict.Placement;
using Colocate.Predict.Profiles;
using CsCheck;

namespace Colocate.Tests.Predict.Placement;

public sealed class MaximumMatchingTests
{
    private static readonly Gen<double?[,]> s_graph =
        from n in Gen.Int[0, 9]
        from steps in Gen.Int[1, 40]
        from forbidden in Gen.Int[0, 9]
        from weights in Gen.Int[-steps, steps].Array[n * n]
        from lots in Gen.Int[0, 9].Array[n * n]
        select Graph(n, (i, j) => lots[(i * n) + j] < forbidden ? null : weights[(i * n) + j] / 16.0);

    [Fact]
    public void It_is_as_good_as_the_best_of_all_divisions() => s_graph.Sample(
        graph =>
        {
            int[] mates = MaximumMatching.Of(graph.GetLength(0), (i, j) => graph[i, j]);
            Assert.Equal(BruteForce.Best(graph), Value(graph, mates));
        },
        iter: 20_000);

    [Fact]
    public void Large_graphs_are_as_good_as_a_certificate_allows() => Gen.Select(Gen.Int[20, 60], Gen.Int[0, 1000], Gen.Int[2, 30]).Sample(
        (n, seed, clusters) =>
        {
            // Workloads of few kinds make many ties and nested blossoms; swapping any two pairs may not help, nor may any cycle of three.
            var random = new Random(seed);
            int[] kind = [.. Enumerable.Range(0, n).Select(_ => random.Next(clusters))];
            double[] noise = [.. Enumerable.Range(0, n * n).Select(_ => random.Next(3) / 64.0)];
            double?[,] graph = Graph(n, (i, j) => (kind[i] == kind[j] ? 0.5 : ((kind[i] * 7) + (kind[j] * 7)) % 16 / 8.0) + noise[(i * n) + j]);
            int[] mates = MaximumMatching.Of(n, (i, j) => graph[i, j]);
            Assert.Equal(n / 2, mates.Where((m, v) => m > v).Count());
            Assert.Equal(Value(graph, mates), Value(graph, BruteForce.Improved(graph, mates)));
            Assert.True(Value(graph, mates).Sum >= Value(graph, GreedyMatching.Of(n, (i, j) => graph[i, j])).Sum);
        },
        iter: 200);

    [Fact]
    public void Adding_the_same_to_every_pair_of_a_vertex_changes_no_choice_of_value() => s_graph.Sample(
        graph =>
        {
            int n = graph.GetLength(0);
            if (n % 2 == 1 || n == 0 || graph.Cast<double?>().Where((_, k) => k / n < k % n).Any(w => w is null))
                return;
            double?[,] moved = Graph(n, (i, j) => graph[i, j] + (i / 4.0) + (j / 4.0));
            int[] mates = MaximumMatching.Of(n, (i, j) => graph[i, j]), others = MaximumMatching.Of(n, (i, j) => moved[i, j]);
            Assert.Equal(Value(graph, mates), Value(graph, others));
        },
        iter: 2000);

    [Fact]
    public void Greedy_takes_the_best_pair_first_and_may_pay_for_it()
    {
        // 0-1 is best, but leaves 2-3, the worst.
        double?[,] graph = Graph(4, (i, j) => (i, j) switch { (0, 1) => 1.9, (2, 3) => 0.5, _ => 1.5 });
        Assert.Equal([1, 0, 3, 2], GreedyMatching.Of(4, (i, j) => graph[i, j]));
        Assert.Equal(3.0, Value(graph, MaximumMatching.Of(4, (i, j) => graph[i, j])).Sum);
    }

    [Fact]
    public void An_odd_vertex_and_forbidden_pairs_leave_someone_alone()
    {
        Assert.Equal([2, -1, 0], MaximumMatching.Of(3, (i, j) => i + j == 2 ? 2 : 1));
        Assert.Equal([-1, -1], MaximumMatching.Of(2, (_, _) => null));
        Assert.Empty(MaximumMatching.Of(0, (_, _) => 1));
    }

    /// <summary>Totals of the best and of the worst division by NetworkX 3.6 (max_weight_matching with maxcardinality), an implementation of its own.</summary>
    [Theory]
    [InlineData("k80", 14.862032, 12.407444)]
    [InlineData("p100", 16.885131, 13.774608)]
    [InlineData("v100", 21.569898, 11.913872)]
    public void Divisions_of_real_pairs_are_those_of_an_independent_tool(string gpu, double best, double worst)
    {
        using StreamReader text = File.OpenText(Path.Combine(Repository.Root, "samples", "gavel", gpu, "pairs.csv"));
        Dictionary<WorkloadPair, double> measured = PairsCsv.Read(text, gpu).ToDictionary(p => p.Pair, p => p.Combined);
        var scale = new MatchingScale(measured, [.. measured.Keys.Where(p => !p.IsEqualPair).SelectMany(p => new[] { p.A, p.B }).Distinct()], 5, 1);
        Assert.Equal((best, worst), (Math.Round(scale.Oracle, 6), Math.Round(scale.Worst, 6)));
        Assert.InRange(scale.Random, worst, best);
    }

    private static double?[,] Graph(int n, Func<int, int, double?> weight)
    {
        var graph = new double?[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
                graph[i, j] = graph[j, i] = weight(i, j);
        }

        return graph;
    }

    private static (int Pairs, double Sum) Value(double?[,] graph, int[] mates)
    {
        (int Pairs, double Sum) value = (0, 0);
        for (int v = 0; v < mates.Length; v++)
        {
            if (mates[v] < 0)
                continue;
            Assert.Equal(v, mates[mates[v]]);
            Assert.NotNull(graph[v, mates[v]]);
            if (v < mates[v])
                value = (value.Pairs + 1, value.Sum + graph[v, mates[v]]!.Value);
        }

        return value;
    }
}
