using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;

namespace Colocate.Tests.Simulate.Claims;

public sealed class LabComparisonsTests
{
    private static readonly GuestScoreRow[] s_scores =
    [
        .. Scored("pair-r1", 1.0, ("vm1", "1KB", 0.4, 40), ("vm2", "30KB", 0.6, 6)),
        .. Scored("pair-r2", 1.2, ("vm1", "1KB", 0.6, 60), ("vm2", "30KB", 0.6, 6)),
        .. Scored("base-1", 1.0, ("vm1", "1KB", 1, 100)).Select(s => s with { Kind = "base" }),
    ];

    private static readonly LabTables s_tables = new()
    {
        Measured = new CalibrationTables
        {
            Runs = [],
            Domains = [new() { Run = "pair-r1", Domain = "Domain-0", Role = "driver" }],
            Clients = [new() { Run = "pair-r1", Domain = "vm1", ThroughputPerS = 40, ReplyMs = 20 }, new() { Run = "pair-r1", Domain = "vm2", ThroughputPerS = 6 }],
            DomainMetrics = [new() { Run = "pair-r1", Domain = "Domain-0", CpuFraction = 0.4 }, new() { Run = "pair-r1", Domain = "vm2", CpuFraction = 0.2 }],
            HostMetrics = [new() { Run = "pair-r1", SwitchesPerS = 1000 }],
        },
        Scores = s_scores,
        SimulatedRuns = [new() { Scenario = "like/pair-r1", Kind = "like", LikeRun = "pair-r1", Combined = 1.1, SwitchesPerS = 1150 }, new() { Scenario = "pair/x", Kind = "pair", Combined = 9 }],
        SimulatedDomains =
        [
            new() { Scenario = "like/pair-r1", Domain = "vm2", DomainIndex = 2, Workload = "30KB", OfferedPerS = 10, Score = 0.63, ThroughputPerS = 6.3, CpuFraction = 0.21 },
            new() { Scenario = "like/pair-r1", Domain = "vm1", DomainIndex = 1, Workload = "1KB", OfferedPerS = 80, Score = 0.5, ThroughputPerS = 49, ReplyMs = 24 },
            new() { Scenario = "like/pair-r1", Domain = "Domain-0", CpuFraction = 0.46 },
        ],
        Residuals =
        [
            new() { Run = "base-1", Domain = "host", Observable = "events_per_s", Measured = 100, Simulated = 90, Tolerance = 15 },
            new() { Run = "base-1", Domain = "vm1", Observable = "throughput_per_s", Measured = 100, Simulated = 110, Tolerance = 2 },
        ],
    };

    /// <summary>Spreads of repeats: combined 9.0 % over 1.1, the half of vm1 28.3 % over 0.5, that of vm2 none; a run of its own has those of all repeats.</summary>
    [Theory]
    [InlineData("pair-r1/combined", 1.0, 1.1, 0.1285649)]
    [InlineData("pair-r1/vm1/score", 0.4, 0.5, 0.1131371)]
    [InlineData("pair-r1/vm2/score", 0.6, 0.63, 0.012)]
    [InlineData("pair-r1/vm1/throughput_per_s", 40, 49, 11.3137085)]
    [InlineData("pair-r1/vm2/throughput_per_s", 6, 6.3, 0.12)]
    [InlineData("pair-r1/vm1/reply_ms", 20, 24, 6)]
    [InlineData("pair-r1/Domain-0/cpu_fraction", 0.4, 0.46, 0.02)]
    [InlineData("pair-r1/vm2/cpu_fraction", 0.2, 0.21, 0.01)]
    [InlineData("pair-r1/host/switches_per_s", 1000, 1150, 150)]
    [InlineData("base-1/host/events_per_s", 100, 90, 15)]
    [InlineData("base-1/vm1/throughput_per_s", 100, 110, 20)]
    public void Each_quantity_has_a_line_with_the_tolerance_of_the_calibration_or_of_repeats(string id, double measured, double simulated, double tolerance)
    {
        LabComparison found = LabComparisons.Of(s_tables).Single(c => c.ToRow("p", "l").Claim == id);
        Assert.Equal((measured, simulated), (found.Measured, found.Simulated));
        Assert.Equal(tolerance, found.Tolerance, 6);
    }

    [Fact]
    public void There_is_no_other_line() => Assert.Equal(11, LabComparisons.Of(s_tables).Count);

    [Fact]
    public void Runs_that_the_calibration_saw_are_told_from_those_it_did_not()
    {
        Assert.Equal([("base-1", "calibrate"), ("pair-r1", "validate")], LabComparisons.Of(s_tables).Select(c => (c.Run, c.ToRow("p", "l").Role)).Distinct());
        Assert.All(LabComparisons.Of(s_tables with { Seen = ["pair-r1"] }), c => Assert.True(c.IsSeen));
        Assert.Equal(WorkloadPair.Of("1KB", "30KB"), LabComparisons.Of(s_tables).First(c => c.Run == "pair-r1").Pair);
        Assert.All(LabComparisons.Of(s_tables).Where(c => c.Run == "base-1"), c => Assert.Null(c.Pair));
    }

    [Fact]
    public void A_run_simulated_again_is_not_taken_from_the_calibration_too()
    {
        LabTables again = s_tables with { SimulatedRuns = [.. s_tables.SimulatedRuns, new() { Scenario = "like/base-1", LikeRun = "base-1", Combined = 1.05 }] };
        Assert.Equal(["combined"], LabComparisons.Of(again).Where(c => c.Run == "base-1").Select(c => c.Quantity));
    }

    [Fact]
    public void A_row_tells_how_to_simulate_it_again()
    {
        ClaimRow row = new LabComparison("pair 1", "vm1", "reply_ms", false, null, 20, 35, 6).ToRow("out/params.json", "out/lake");
        Assert.Equal(("pair 1/vm1/reply_ms", "lab", "pair 1", "~ 20", "6 abs", "ms", 35.0, 2.5, "fail", "off by 2.5 tolerances", "colocate simulate --params out/params.json --lake out/lake --like 'pair 1'"),
            (row.Claim, row.Source, row.Subject, row.Target, row.Tolerance, row.Unit, row.Value, row.Miss, row.Verdict, row.Reason, row.Command));
    }

    [Fact]
    public void A_summary_takes_means_over_pairs_and_ranks_only_what_repeats_can_tell_apart()
    {
        // Repeats of (1KB, 30KB) spread by 12.9 % of their mean 1.1: scores of 1.1 and 1.3 cannot be told apart, 2 can from both.
        LabComparison[] comparisons =
        [
            Combined("1KB", "30KB", 1.0, 1.1), Combined("1KB", "30KB", 1.2, 1.1), Combined("1KB", "1KB", 1.3, 1.04), Combined("30KB", "30KB", 2, 1.05),
            Combined("1KB", "30KB", 0.5, 0.6) with { Quantity = "score", Domain = "vm1" }, Combined("9KB", "9KB", 5, 1) with { Pair = null },
        ];
        LabSummary summary = LabSummary.Of(comparisons, s_scores);
        Assert.Equal((3, 2, 0.0), (summary.Pairs, summary.Comparable, summary.RankCorrelation));
        Assert.Equal((0 + 0.2 + 0.475) / 3, summary.CombinedError!.Value, 9);
        Assert.Equal(0.2, summary.ScoreError!.Value, 9);
        Assert.Equal(new LabSummary(0, null, null, 0, null), LabSummary.Of([], []));
    }

    private static LabComparison Combined(string a, string b, double measured, double simulated) => new("r", null, "combined", false, WorkloadPair.Of(a, b), measured, simulated, 1);

    private static IEnumerable<GuestScoreRow> Scored(string run, double combined, params (string Domain, string Workload, double Score, double PerS)[] guests) => guests.Select((g, i) => new GuestScoreRow
    {
        Run = run, Kind = "pair", RateFraction = 1, GuestIndex = i, Domain = g.Domain, Workload = g.Workload, Score = g.Score, ThroughputPerS = g.PerS, Combined = combined,
    });
}
