using Colocate.Model.Scores;
using Colocate.Model.Tables;

namespace Colocate.Tests.Model.Scores;

public sealed class ScoreBookTests
{
    [Fact]
    public void The_papers_pair_of_1_and_100_KB_scores_1_58()
    {
        // Table I: 1900 and 112 requests/s alone; the text: 1560 and 85 together.
        ScoreTables scores = Compute(Run("a", "c", "base", ("1KB", 1900)), Run("b", "c", "base", ("100KB", 112)), Run("p", "c", "pair", ("1KB", 1560), ("100KB", 85)));
        Assert.Equal(1.58, Assert.Single(scores.PairScores).CombinedMean, 0.005);
    }

    [Fact]
    public void Both_orders_of_a_pair_are_one_pair_with_each_score_on_its_side()
    {
        ScoreTables scores = Compute(
            Run("a", "c", "base", ("x", 100)), Run("b", "c", "base", ("y", 10)),
            Run("p", "c", "pair", ("x", 50), ("y", 9)), Run("q", "c", "pair", ("y", 7), ("x", 70)));
        PairScoreRow pair = Assert.Single(scores.PairScores);
        Assert.Equal(("x", "y", 2), (pair.WorkloadA, pair.WorkloadB, pair.Runs));
        Assert.Equal((0.6, 0.8, 1.4), (pair.ScoreAMean, pair.ScoreBMean, pair.CombinedMean));
        Assert.Equal(0, pair.CombinedSd!.Value, 1e-12);
        Assert.Equal([1.4, 1.4, 1.4, 1.4], scores.GuestScores.Where(s => s.Kind == "pair").Select(s => s.Combined!.Value));
    }

    [Fact]
    public void A_run_is_held_against_its_own_campaign_and_else_against_the_one_before()
    {
        ScoreTables scores = Compute(
            Run("a1", "first", "base", ("x", 100), start: "2026-01-01"), Run("b1", "first", "base", ("y", 10), start: "2026-01-01"),
            Run("a2", "second", "base", ("x", 200), start: "2026-02-01"),
            Run("p", "second", "pair", ("x", 100), ("y", 5), start: "2026-02-01"),
            Run("later", "third", "base", ("z", 1), start: "2026-03-01"), Run("q", "second", "pair", ("x", 1), ("z", 1), start: "2026-02-01"));
        Assert.Equal([("second", 0.5), ("first", 0.5)], scores.GuestScores.Where(s => s.Run == "p").Select(s => (s.BaseCampaign!, s.Score!.Value)));

        // The base case of a later campaign is none; the run has no combined score, and both guests say why.
        Assert.All(scores.GuestScores.Where(s => s.Run == "q"), s => Assert.True(s.Combined is null && s.ScoreReason is not null));
        Assert.Equal(["q"], scores.Diagnostics.Select(d => d.Run));
    }

    [Fact]
    public void Only_saturated_base_runs_make_a_base_case_and_the_rule_says_how()
    {
        (RunRow, (string, double)[])[] runs =
        [
            Run("a", "c", "base", ("x", 90)), Run("b", "c", "base", ("x", 110)), Run("s", "c", "solo", ("x", 500), rate: 0.5), Run("o", "c", "other", ("x", 900)),
        ];
        BaseCaseRow mean = Assert.Single(Compute(runs).BaseCases), max = Assert.Single(Compute(BaseRule.Max, runs).BaseCases);
        Assert.Equal((2, 100.0, "mean"), (mean.Runs, mean.ThroughputPerS, mean.Rule));
        Assert.Equal(Math.Sqrt(200), mean.ThroughputSd!.Value, 1e-9);
        Assert.Equal((110.0, "max"), (max.ThroughputPerS, max.Rule));
    }

    [Fact]
    public void A_guest_without_result_leaves_the_run_without_combined_score()
    {
        ScoreTables scores = Compute(Run("a", "c", "base", ("x", 100)), Run("p", "c", "pair", ("x", 50), ("x", double.NaN)));
        Assert.Empty(scores.PairScores);
        Assert.Equal(["no usable client result of vm2", "no usable client result of vm2"], scores.GuestScores.Where(s => s.Run == "p").Select(s => s.ScoreReason));
    }

    [Fact]
    public void The_best_of_a_sweep_is_kept_beside_the_saturated_score()
    {
        ScoreTables scores = Compute(
            Run("a", "c", "base", ("x", 100)), Run("p", "c", "pair", ("x", 40), ("x", 40)),
            Run("s6", "c", "sweep", ("x", 60), ("x", 60), rate: 0.6), Run("s2", "c", "sweep", ("x", 20), ("x", 20), rate: 0.2));
        PairScoreRow pair = Assert.Single(scores.PairScores);
        Assert.Equal((1, 0.8, 1.2, 0.6), (pair.Runs, pair.CombinedMean, pair.CombinedMax, pair.CombinedMaxRateFraction));
        Assert.Null(pair.CombinedSd);
    }

    [Theory]
    [InlineData("pair", 110, null)]
    [InlineData("pair", 111, "T / B: vm1 1.11")]
    [InlineData("sweep", 111, "T / B: vm1 1.11")]
    [InlineData("three", 111, "T / B: vm1 1.11")]
    [InlineData("solo", 111, null)]
    public void A_guest_that_does_better_together_than_alone_is_suspect(string kind, double together, string? detail)
    {
        ScoreTables scores = Compute(Run("a", "c", "base", ("x", 100)), Run("p", "c", kind, ("x", together), ("x", 60)));
        Assert.Equal(detail is null ? [] : [("p", "SC-HIGH", 1, detail)], scores.Diagnostics.Select(d => (d.Run, d.Code, (int)d.Count, d.Detail!)));
    }

    private static ScoreTables Compute(params (RunRow, (string, double)[])[] runs) => Compute(BaseRule.Mean, runs);

    private static ScoreTables Compute(BaseRule rule, (RunRow Run, (string Workload, double T)[] Guests)[] runs) => ScoreBook.Compute(
        [.. runs.Select(r => r.Run)],
        [.. from r in runs from g in r.Guests.Index() select new RunDomainRow { Run = r.Run.Run, Campaign = r.Run.Campaign, Domain = $"vm{g.Index + 1}", DomainIndex = g.Index, Role = "guest", Workload = g.Item.Workload }],
        [.. from r in runs from g in r.Guests.Index() where !double.IsNaN(g.Item.T) select new ClientResultRow { Run = r.Run.Run, Campaign = r.Run.Campaign, Domain = $"vm{g.Index + 1}", ThroughputPerS = g.Item.T }],
        rule);

    private static (RunRow, (string, double)[]) Run(string run, string campaign, string kind, (string, double) guest, (string, double)? other = null, double rate = 1, string? start = null) =>
        (new RunRow { Run = run, Campaign = campaign, Kind = kind, RateFraction = rate, StartUtc = start }, other is { } second ? [guest, second] : [guest]);
}
