using Colocate.Simulate.Claims;

namespace Colocate.Tests.Simulate.Claims;

public sealed class JudgingTests
{
    private static readonly ClaimEvidence s_nothing = new PaperHosts().Evidence([]);

    [Theory]
    [InlineData(1.58, 0)]
    [InlineData(1.659, 1)]
    [InlineData(1.501, 1)]
    [InlineData(1.738, 2)]
    [InlineData(1.3825, 2.5)]
    public void A_miss_counts_in_tolerances_of_the_target(double value, double miss) => Assert.Equal(miss, ClaimTarget.About(1.58).Miss(value, Tolerance.Relative(0.05)), 9);

    [Theory]
    [InlineData(-31, 0)]
    [InlineData(-30, 0)]
    [InlineData(-27, 1)]
    [InlineData(-24, 2)]
    public void A_bound_is_kept_beyond_and_missed_on_this_side(double value, double miss) => Assert.Equal(miss, ClaimTarget.AtMost(-30).Miss(value, Tolerance.Absolute(3)), 9);

    [Theory]
    [InlineData(0.45, 0.5)]
    [InlineData(7, 0)]
    [InlineData(15.5, 0.5)]
    [InlineData(17, 2)]
    public void The_ends_of_a_range_have_tolerances_of_their_own(double value, double miss) => Assert.Equal(miss, ClaimTarget.Within(0.5, 15).Miss(value, new Tolerance(0.1, 1, false)), 9);

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4.0001, double.PositiveInfinity)]
    [InlineData(double.NaN, double.PositiveInfinity)]
    public void Without_a_tolerance_a_miss_is_a_miss(double value, double miss) => Assert.Equal(miss, ClaimTarget.AtMost(4).Miss(value, Tolerance.Exact));

    [Theory]
    [InlineData(0.0, ClaimVerdict.Pass)]
    [InlineData(1.0, ClaimVerdict.Pass)]
    [InlineData(1.01, ClaimVerdict.Near)]
    [InlineData(2.0, ClaimVerdict.Near)]
    [InlineData(2.01, ClaimVerdict.Fail)]
    [InlineData(double.PositiveInfinity, ClaimVerdict.Fail)]
    [InlineData(null, ClaimVerdict.NotTested)]
    public void Near_ends_at_twice_the_tolerance(double? miss, ClaimVerdict verdict) => Assert.Equal(verdict, ClaimJudgement.VerdictOf(miss));

    [Fact]
    public void The_value_of_many_is_the_one_furthest_off_and_those_that_miss_are_named()
    {
        ClaimJudgement judged = Values(("a", 10), ("b", 13.5), ("c", 8.5), ("d", 11)).Judge(s_nothing);
        Assert.Equal((13.5, 3.5, "b: 13.5, c: 8.5; off by 3.5 tolerances", ClaimVerdict.Fail), (judged.Value, judged.Miss, judged.Reason, judged.Verdict));
        Assert.Equal((11, null), (Values(("a", 10), ("d", 11)).Judge(s_nothing).Value, Values(("a", 10), ("d", 11)).Judge(s_nothing).Reason));
    }

    [Fact]
    public void Of_values_within_a_bound_the_one_nearest_to_it_is_shown() =>
        Assert.Equal(3.9, new ValueTest(ClaimTarget.AtMost(4), Tolerance.Exact, _ => [("a", 1), ("b", 3.9), ("c", 2)]).Judge(s_nothing).Value);

    [Fact]
    public void What_is_unknown_is_not_tested()
    {
        Assert.Equal(new ClaimJudgement(null, null, "b is unknown"), Values(("a", 10), ("b", null)).Judge(s_nothing));
        Assert.Equal(new ClaimJudgement(null, null, "unknown: x < y"), new OrderTest(_ => [("x < y", 1, null)]).Judge(s_nothing));
        Assert.Equal(new ClaimJudgement(null, null, "flat does not vary"), new RankTest(0.9, _ => [("rising", [1, 2], [1, 2]), ("flat", [1, 2, 3], [4, 4, 4])]).Judge(s_nothing));
    }

    [Theory]
    [InlineData(ClaimVerdict.Pass, 1.0, 1, 2, 3, 4)]
    [InlineData(ClaimVerdict.Near, 2.0 / 3, 1, 3, 2, 4)]
    [InlineData(ClaimVerdict.Fail, 1.0 / 3, 3, 2, 1, 4)]
    [InlineData(ClaimVerdict.Fail, 0.5, 2, 1, 3)]
    [InlineData(ClaimVerdict.Fail, 0.5, 1, 2, 2)]
    public void An_order_is_near_when_one_of_three_relations_does_not_hold(ClaimVerdict verdict, double share, params int[] series)
    {
        ClaimJudgement judged = new OrderTest(_ => OrderTest.Rising("of", [.. series.Select((v, i) => ($"{i}", (double?)v))])).Judge(s_nothing);
        Assert.Equal((verdict, share), (judged.Verdict, judged.Value!.Value));
    }

    [Fact]
    public void A_relation_that_does_not_hold_is_named_with_its_values() =>
        Assert.Equal("does not hold: of 1 < 2 (3, 2.5)", new OrderTest(_ => OrderTest.Rising("of", [("0", 1), ("1", 3), ("2", 2.5), ("3", 4)])).Judge(s_nothing).Reason);

    [Theory]
    [InlineData(ClaimVerdict.Pass, 1.0, 1, 2, 3, 4)]
    [InlineData(ClaimVerdict.Pass, 0.8, 1, 3, 2, 4)]
    [InlineData(ClaimVerdict.Near, 0.6, 2, 1, 4, 3)]
    [InlineData(ClaimVerdict.Fail, 0.4, 3, 1, 2, 4)]
    public void A_rank_correlation_is_near_when_it_lacks_twice_what_it_may(ClaimVerdict verdict, double value, params int[] y)
    {
        ClaimJudgement judged = new RankTest(0.8, _ => [("perfect", [1, 2, 3], [1, 2, 3]), ("y", [1, 2, 3, 4], [.. y.Select(v => (double)v)])]).Judge(s_nothing);
        Assert.Equal((verdict, value), (judged.Verdict, Math.Round(judged.Value!.Value, 9)));
    }

    [Fact]
    public void A_claim_is_as_good_as_the_worst_of_its_tests_and_its_value_is_that_of_the_first()
    {
        ClaimStatement statement = new("X", "", "", "=", "10", "1/s", "1 abs", ClaimRole.Validate, "");
        ClaimResult worst = new Claim(statement, [], [Values(("a", 10)), Values(("b", 11.5)), new OrderTest(_ => [("p < q", 2, 1)])]).Judge(s_nothing);
        Assert.Equal((10, ClaimVerdict.Fail, "b: 11.5; off by 1.5 tolerances; does not hold: p < q (2, 1)"), (worst.Value, worst.Verdict, worst.Reason));
        ClaimResult unknown = new Claim(statement, [], [Values(("a", 20)), Values(("b", null))]).Judge(s_nothing);
        Assert.Equal((20, ClaimVerdict.NotTested), (unknown.Value, unknown.Verdict));
        Assert.Equal((ClaimVerdict.NotTested, "why"), (new Claim(statement with { Note = "why" }, [], []).Judge(s_nothing).Verdict, new Claim(statement with { Note = "why" }, [], []).Judge(s_nothing).Reason));
    }

    [Fact]
    public void A_row_says_it_all_and_hides_an_infinite_miss()
    {
        var row = ClaimCatalogue.All.Single(c => c.Statement.Id == "F415").Judge(new PaperHosts { Change = (_, r) => r with { PagesPerS = 4.5 * r.Driver.ExecutionsPerS } }.Evidence(ClaimCatalogue.Experiments)).ToRow("p.json", []);
        Assert.Equal(("F415", "paper", "validate", "< 4", "exact", "pages/exe", "fail"), (row.Claim, row.Source, row.Role, row.Target, row.Tolerance, row.Unit, row.Verdict));
        Assert.Equal((4.5, null), (Math.Round(row.Value!.Value, 9), row.Miss));
        Assert.Equal("for rate in 0.5 0.6 0.7 0.8 0.9 1; do colocate simulate --params p.json --vm 100KB --vm 100KB --rate $rate; done", row.Command);
    }

    private static ValueTest Values(params (string Of, double? Value)[] values) => new(ClaimTarget.About(10), Tolerance.Absolute(1), _ => values);

    [Theory]
    [InlineData("F308", "calibrate")]
    [InlineData("F307", "calibrate")]
    [InlineData("F302", "validate")]
    [InlineData("B03", "calibrate")]
    [InlineData("S01", "config")]
    public void A_claim_that_needs_a_pair_which_a_parameter_was_fitted_to_validates_nothing_any_more(string id, string role)
    {
        ClaimResult result = ClaimCatalogue.All.Single(c => c.Statement.Id == id).Judge(new PaperHosts().Evidence(ClaimCatalogue.Experiments));
        Assert.Equal(role, result.ToRow("p.json", [ClaimExperiment.Pair(1, 1)]).Role);
    }
}
