using Colocate.Model.Errors;
using Colocate.Predict.Profiles;

namespace Colocate.Tests.Predict;

public sealed class CsvTests
{
    [Fact]
    public void Empty_fields_are_unknown_and_names_may_hold_commas()
    {
        IReadOnlyList<SoloProfile> profiles = SoloCsv.Read(new StringReader("\uFEFFworkload,cpu_fraction,size\n\"b, large\",,2e3\n\na, 0.5 ,\n"), "solo.csv");
        Assert.Equal(["a", "b, large"], profiles.Select(p => p.Workload));
        Assert.Equal((0.5, null, null, 2000.0), (profiles[0]["cpu_fraction"], profiles[0]["size"], profiles[1]["cpu_fraction"], profiles[1]["size"]));
    }

    [Fact]
    public void Canonical_text_reads_back_to_itself()
    {
        string solo = SoloCsv.Write(SmallLab.Profiles), pairs = PairsCsv.Write(SmallLab.Pairs);
        Assert.Equal(solo, SoloCsv.Write(SoloCsv.Read(new StringReader(solo), "solo.csv")));
        Assert.Equal(pairs, PairsCsv.Write(PairsCsv.Read(new StringReader(pairs), "pairs.csv")));
        Assert.Equal(SmallLab.Pairs.Count + 1, pairs.Count(c => c == '\n'));
    }

    [Fact]
    public void A_column_of_names_is_a_category_and_survives_being_written()
    {
        IReadOnlyList<SoloProfile> profiles = SoloCsv.Read(new StringReader("workload,family,size,nothing\na,\"x, y\",1,\nb,,2,\nc,4KB,,\n"), "solo.csv");
        Assert.Equal(["x, y", null, "4KB"], profiles.Select(p => p.Categories.GetValueOrDefault("family")));
        Assert.Equal(["size"], profiles[0].Features.Keys.Where(f => f != "net_fraction"));
        Assert.Equal("workload,size,family\na,1,\"x, y\"\nb,2,\nc,,4KB\n", SoloCsv.Write(profiles));
    }

    [Fact]
    public void Both_orders_of_a_pair_are_repeats_of_one_pair()
    {
        MeasuredPair pair = Assert.Single(PairsCsv.Read(new StringReader("workload_a,workload_b,score_a,score_b,repeats\n4KB,10KB,0.4,0.8,3\n10KB,4KB,0.4,0.8,\n"), "pairs.csv"));
        Assert.Equal(("4KB", "10KB", 4.0), (pair.Pair.A, pair.Pair.B, pair.Weight));
        Assert.Equal((0.5, 0.7), (Math.Round(pair.ScoreA, 12), Math.Round(pair.ScoreB, 12)));
    }

    [Fact]
    public void Repeats_that_contradict_each_other_are_averaged_and_their_spread_is_kept()
    {
        MeasuredPair pair = Assert.Single(PairsCsv.Read(new StringReader("workload_a,workload_b,score_a,score_b\na,b,0.1,0.1\nb,a,1,1\na,b,0.4,0.4\n"), "pairs.csv"));
        Assert.Equal((0.5, 0.5, 3.0), (Math.Round(pair.ScoreA, 12), Math.Round(pair.ScoreB, 12), pair.Weight));
        // Sums 0.2, 2 and 0.8 about 1, over two.
        Assert.Equal(Math.Sqrt((0.64 + 1 + 0.04) / 2), pair.CombinedSd!.Value, 1e-12);
        // A row of four repeats has a quarter of their variance: its square counts four times.
        MeasuredPair weighted = Assert.Single(PairsCsv.Read(new StringReader("workload_a,workload_b,score_a,score_b,repeats\na,b,0.5,0.5,4\na,b,0.75,0.75,1\n"), "pairs.csv"));
        Assert.Equal(Math.Sqrt((4 * 0.01) + 0.16), weighted.CombinedSd!.Value, 1e-12);
        Assert.Null(Assert.Single(PairsCsv.Read(new StringReader("workload_a,workload_b,score_a,score_b,repeats\na,b,0.5,0.5,4\n"), "pairs.csv")).CombinedSd);
    }

    [Theory]
    [InlineData("name,cpu\na,1\n", "line 1", "workload")]
    [InlineData("workload,cpu,cpu\na,1,1\n", "line 1", "twice")]
    [InlineData("workload,,cpu\na,1,1\n", "line 1", "no name")]
    [InlineData("workload,cpu\na,1\nb,1,2\n", "line 3", "3 fields")]
    [InlineData("workload,cpu\na,\"1\n", "line 2", "quotation")]
    [InlineData("workload,cpu\na,1\n\na,2\n", "line 4", "twice")]
    [InlineData("workload,cpu\na,0;5\n", "line 2", "0;5")]
    [InlineData("workload,cpu\na,NaN\n", "line 2", "NaN")]
    [InlineData("workload,cpu\na,fast\nb,1\n", "line 2", "fast")]
    [InlineData("workload,cpu\na,1\nb,n/a\n", "line 3", "n/a")]
    [InlineData("workload,cpu\na,fast\nb,-Infinity\n", "line 2", "fast")]
    [InlineData("workload,cpu\nidle,1\n", "line 2", "reserved")]
    [InlineData("workload,cpu\n,1\n", "line 2", "empty")]
    [InlineData("workload,cpu\n", "line 1", "no workload")]
    [InlineData("", "line 1", "no name")]
    public void Solo_errors_name_file_line_and_reason(string text, string line, string reason) =>
        AssertWrongUse(() => SoloCsv.Read(new StringReader(text), "solo.csv"), "solo.csv, " + line, reason);

    [Theory]
    [InlineData("workload_a,workload_b,score_a\na,b,1\n", "line 1", "score_b")]
    [InlineData("workload_a,workload_b,score_a,score_b\na,b,0.5,\n", "line 2", "score_b")]
    [InlineData("workload_a,workload_b,score_a,score_b\na,b,0.5,0.6\na,b,97.5,88\n", "line 3", "97.5")]
    [InlineData("workload_a,workload_b,score_a,score_b\na,b,0.5,0.6\n\nb,7KB,0.5,0.6\n", "line 4", "7KB")]
    [InlineData("workload_a,workload_b,score_a,score_b\na,b,fast,0.6\n", "line 2", "fast")]
    [InlineData("workload_a,workload_b,score_a,score_b\na,b,,\n", "line 1", "no measured pair")]
    [InlineData("workload_a;workload_b;score_a;score_b\na;b;1;1\n", "line 1", "workload_a")]
    [InlineData("workload_a,workload_b,score_a,score_b\na,b,-0.5,1\n", "line 2", "score_a")]
    [InlineData("workload_a,workload_b,score_a,score_b\na,idle,0.5,1\n", "line 2", "reserved")]
    [InlineData("workload_a,workload_b,score_a,score_b,repeats\na,b,0.5,1,0\n", "line 2", "repeats")]
    [InlineData("workload_a,workload_b,score_a,score_b\n", "line 1", "no measured pair")]
    public void Pair_errors_name_file_line_and_reason(string text, string line, string reason) =>
        AssertWrongUse(() => PairsCsv.Read(new StringReader(text), "pairs.csv", new HashSet<string> { "a", "b" }), "pairs.csv, " + line, reason);

    [Fact]
    public void A_row_without_scores_was_not_measured()
    {
        MeasuredPair pair = Assert.Single(PairsCsv.Read(new StringReader("workload_b,score_b,workload_a,score_a,note\nb,0.5,a,1.1,x\nb,,c,,failed\n"), "pairs.csv"));
        Assert.Equal(("a", "b", 1.1, 0.5), (pair.Pair.A, pair.Pair.B, pair.ScoreA, pair.ScoreB));
    }

    [Fact]
    public void A_pair_without_solo_figures_is_wrong_use_and_too_few_pairs_match_nothing()
    {
        var missing = Assert.Throws<RequestException>(() => new TrainingSet(SmallLab.Profiles, [MeasuredPair.Of("1KB", "7KB", 1, 1, 1)]));
        Assert.Equal(ExitCode.WrongUse, missing.ExitCode);
        Assert.Contains("7KB", missing.Message, StringComparison.Ordinal);
        var few = Assert.Throws<RequestException>(() => new TrainingSet(SmallLab.Profiles, SmallLab.Pairs.Take(2)));
        Assert.Equal(ExitCode.NothingMatched, few.ExitCode);
        var one = Assert.Throws<RequestException>(() => new TrainingSet(SmallLab.Profiles, SmallLab.Pairs.Take(1)));
        Assert.Equal(ExitCode.NothingMatched, one.ExitCode);
        Assert.Contains("1 measured pair of", one.Message, StringComparison.Ordinal);
    }

    private static void AssertWrongUse(Action read, string where, string why)
    {
        var error = Assert.Throws<RequestException>(read);
        Assert.Equal(ExitCode.WrongUse, error.ExitCode);
        Assert.StartsWith(where + ":", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }
}
