using Colocate.Cli.Report;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Tests.Report;

/// <summary>Which simulation stands beside which measurement, and how its errors are judged.</summary>
public sealed class SimulationFigureTests
{
    private static readonly WorkloadPair s_pair = WorkloadPair.Of("1KB", "100KB");

    [Fact]
    public void A_measured_pair_is_simulated_like_the_mean_of_its_saturated_runs()
    {
        ReportTables tables = Repeats(("r1", 1, 1.0, 1.25), ("r2", 1, 1.5, 1.5), ("half", 0.5, 0.75, 0.25));
        PairSimulation mean = PairSimulation.All(tables)[s_pair];
        Assert.Equal((1.375, 1.25, 1.5, "like", 2), (mean.Combined, mean.Low, mean.High, mean.Kind, mean.Scenarios));
    }

    [Fact]
    public void A_pair_without_repeated_runs_is_simulated_as_two_saturated_guests()
    {
        ReportTables tables = Repeats(("r1", 0.5, 1.0, 1.25));
        tables = tables with
        {
            SimulatedRuns = [.. tables.SimulatedRuns, TinyTables.Scenario("pair/x", "pair", null, 1, 1.125)],
            SimulatedDomains = [.. tables.SimulatedDomains, .. TinyTables.Simulated("pair/x", ("100KB", 0.75), ("1KB", 0.375))],
        };
        PairAnswer answer = Assert.Single(PairAnswer.All(tables));
        Assert.Equal((1.125, "pair", 0.375, 0.75), (answer.Combined, answer.Simulated!.Kind, answer.ScoreA, answer.ScoreB));
        Assert.Equal("simulated 1.13, 90 % interval for one more run 1.00 to 1.25", answer.Summary);
    }

    [Fact]
    public void The_matrix_shows_no_panel_without_a_value()
    {
        ReportTables tables = new() { SimulatedRuns = [TinyTables.Scenario("pair/x", "pair", null, 1, 1.125)], SimulatedDomains = [.. TinyTables.Simulated("pair/x", ("100KB", 0.75), ("1KB", 0.375))] };
        System.Text.Json.Nodes.JsonNode plot = System.Text.Json.Nodes.JsonNode.Parse(Draw("pair-matrix", tables).Plot!.ToJson())!;
        Assert.Single(plot["data"]!.AsArray());
        Assert.Equal("<b>simulated</b>", (string?)plot["layout"]!["annotations"]![0]!["text"]);
        Assert.Null(plot["layout"]!["coloraxis2"]);
    }

    [Fact]
    public void A_scenario_without_a_combined_score_or_with_another_number_of_guests_is_no_simulated_pair()
    {
        ReportTables tables = new()
        {
            SimulatedRuns = [TinyTables.Scenario("a", "pair", null, 1, null), TinyTables.Scenario("b", "pair", null, 1, 1), TinyTables.Scenario("c", "pair", null, 1, 1)],
            SimulatedDomains =
            [
                .. TinyTables.Simulated("a", ("1KB", null), ("100KB", 0.5)), .. TinyTables.Simulated("b", ("1KB", 1)),
                .. TinyTables.Simulated("c", ("1KB", 0.25), ("4KB", 0.25), ("1KB", 0.5)),
            ],
        };
        Assert.Empty(PairSimulation.All(tables));
    }

    [Fact]
    public void Without_simulations_the_pairs_say_so_and_look_as_they_did()
    {
        ReportTables tables = TinyTables.Lake with { SimulatedRuns = [], SimulatedDomains = [] };
        Drawing bars = Draw("combined-score", tables), matrix = Draw("pair-matrix", tables), sweep = Draw("sweep", tables);
        Assert.Contains("No pair was simulated.", bars.Finding, StringComparison.Ordinal);
        Assert.Contains("none was simulated;", matrix.Finding, StringComparison.Ordinal);
        Assert.Equal(2, matrix.Plot!.Data.Count);
        Assert.Contains("No sweep of these pairs was simulated. Points are measured runs, lines their means", sweep.Finding, StringComparison.Ordinal);
        Assert.Equal([0.32, 0.4], Line(sweep, "x4"));
    }

    [Fact]
    public void The_lines_of_a_sweep_are_simulated() => Assert.Equal([0.25, 0.25], Line(Draw("sweep", TinyTables.Lake), "x4"));

    [Fact]
    public void A_sweep_that_was_only_simulated_is_drawn_as_such()
    {
        Drawing drawing = Draw("sweep", new ReportTables { SimulatedRuns = TinyTables.Lake.SimulatedRuns, SimulatedDomains = TinyTables.Lake.SimulatedDomains });
        Assert.Equal(
            "Combined score: (1KB, 100KB) peaks at 1.50 at the 100 % rate. No sweep was measured; lines are simulations; "
                + "colour is the workload (grey: driver domain or host of a mixed pair), symbol and dash the pair.",
            drawing.Finding.Replace('\u202F', ' '));
    }

    [Fact]
    public void The_flat_range_of_the_network_reaches_from_the_peak_as_long_as_nothing_falls_below_nine_tenths()
    {
        double[] throughputs = [89, 91, 100, 90, 80, 99];
        ReportTables tables = new()
        {
            SimulatedRuns = [.. throughputs.Select((_, i) => TinyTables.Scenario($"s{i}", "sweep", null, (i + 1) / 10.0, 1))],
            SimulatedDomains =
            [
                .. throughputs.SelectMany((t, i) => TinyTables.Simulated($"s{i}", ("1KB", 0.5), ("1KB", 0.5)).Select(d => d with { NetKbPerS = t / 2 })),
            ],
        };
        Assert.StartsWith(
            "(1KB, 1KB) simulated at most 100 KiB/s, flat from the 20 % to the 40 % rate.", Draw("network", tables).Finding.Replace('\u202F', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.1, null, Verdict.Yes)]
    [InlineData(1.13, null, Verdict.WithCare)]
    [InlineData(1.13, 1.2, Verdict.WithCare)]
    [InlineData(1.13, 1.12, Verdict.No)]
    public void An_error_within_the_spread_of_repeats_is_good_and_one_above_the_constant_demand_baseline_useless(double simulated, double? baseline, Verdict verdict)
    {
        ReportTables tables = Repeats(("r1", 1, 1.0, simulated)) with
        {
            PairScores = [new() { WorkloadA = "1KB", WorkloadB = "100KB", Runs = 2, CombinedMean = 1, CombinedSd = 0.11 }],
            EvaluationPairs = baseline is null ? [] : [new() { Protocol = "pair", Model = "constant_demand", WorkloadA = "1KB", WorkloadB = "100KB", Predicted = baseline.Value }],
        };
        Assert.Equal(verdict, Draw("unseen-pairs", tables).Verdict);
    }

    [Fact]
    public void Every_run_of_a_pair_that_the_calibration_saw_is_left_out()
    {
        ReportTables tables = Repeats(("r1", 1, 1.0, 1.25), ("r2", 1, 1.0, 1.5));
        Assert.Contains("No calibration is recorded", Draw("unseen-pairs", tables).Finding, StringComparison.Ordinal);
        CalibrationResidualRow row = new() { Run = "r1" };
        Assert.Equal((2, 0, 0.375), Compared(tables with { CalibrationResiduals = [row] }));
        Assert.Null(UnseenPairs.Of(tables with { CalibrationResiduals = [row with { Fitted = true }] }));
    }

    [Fact]
    public void A_run_that_scored_nothing_has_no_relative_error() =>
        Assert.Equal((1, 0, 0.25), Compared(Repeats(("r1", 1, 1.0, 1.25), ("dead", 1, 0.0, 0.5))));

    [Fact]
    public void A_rival_is_held_against_the_same_runs_with_the_mean_of_its_folds()
    {
        EvaluationPairRow fold = new() { Protocol = "workload", Model = "auto", WorkloadA = "100KB", WorkloadB = "1KB", Predicted = 1.25 };
        ReportTables tables = Repeats(("r1", 1, 1.0, 1.0), ("r2", 1, 2.0, 2.0)) with
        {
            EvaluationPairs = [fold, fold with { Predicted = 1.75 }, fold with { Protocol = "pair", Predicted = 9 }],
        };
        Rival rival = Assert.Single(UnseenPairs.Of(tables)!.Rivals);
        Assert.Equal(("workload", 2, 0.375), (rival.Protocol, rival.Runs, rival.Error));
        Assert.Contains(
            "no evaluation holds the constant-demand baseline; the predictor is off by 37.5 %, more (one workload held out)",
            Draw("unseen-pairs", tables).Finding.Replace('\u202F', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void The_head_of_the_page_states_the_error_on_unseen_pairs()
    {
        ReportGlance glance = ReportGlance.All(TinyTables.Lake).Single(g => g.Label == "Simulation error");
        Assert.Equal("11.1 %, MAPE, 1 pair the calibration never saw, repeats differ by 10.0 %", $"{glance.Value}, {glance.Remark}");
    }

    [Theory]
    [InlineData(Verdict.Yes, 1.0, -1.0)]
    [InlineData(Verdict.WithCare, 3.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)]
    [InlineData(Verdict.WithCare, 1.5, -1.5)]
    [InlineData(Verdict.No, 3.5, -3.5)]
    public void A_fit_is_judged_by_its_root_mean_square_and_by_its_worst_value(Verdict verdict, params double[] residuals)
    {
        ReportTables tables = new()
        {
            CalibrationResiduals =
            [
                .. residuals.Select(r => new CalibrationResidualRow { Run = "r", Domain = "vm1", Observable = "cpu_fraction", Workload = "1KB", Residual = r, Fitted = true }),
                new() { Run = "r", Domain = "vm1", Observable = "shown", Workload = "1KB", Residual = 99 },
            ],
        };
        Assert.Equal(verdict, Draw("calibration-residuals", tables).Verdict);
    }

    [Theory]
    [InlineData(10.4, Verdict.WithCare)]
    [InlineData(10.6, Verdict.Yes)]
    [InlineData(104.8, Verdict.Yes)]
    [InlineData(105, Verdict.WithCare)]
    public void A_parameter_within_two_hundredths_of_an_end_is_marked(double value, Verdict verdict)
    {
        CalibrationParameterRow row = new() { Parameter = "p", ParameterUnit = "us", Value = value, Low = 10, High = 110, Fitted = true };
        Drawing drawing = Draw("calibration-parameters", new ReportTables { CalibrationParameters = [row] });
        Assert.Equal(verdict, drawing.Verdict);
        Assert.Equal(verdict == Verdict.Yes ? "diamond" : "x", (string?)drawing.Plot!.Data.Single()!["marker"]!["symbol"]);
    }

    [Fact]
    public void Parameters_that_were_all_set_are_a_table_without_a_verdict()
    {
        Drawing drawing = Draw("calibration-parameters", new ReportTables { CalibrationParameters = [new() { Parameter = "p", Value = 1 }] });
        Assert.Equal("Fitted to runs: 0 of 1 parameter; set beforehand: 1. No range is recorded.", drawing.Finding);
        Assert.Equal((null, null, 1), (drawing.Verdict, drawing.Plot, drawing.Numbers!.Count));
    }

    /// <summary>Measured runs of one pair, each with a like scenario. Scores are halved evenly between the guests.</summary>
    private static ReportTables Repeats(params (string Run, double Rate, double Measured, double Simulated)[] runs) => new()
    {
        GuestScores = [.. runs.SelectMany(r => new[] { "1KB", "100KB" }.Select((w, i) => new GuestScoreRow
        {
            Run = r.Run, Kind = "pair", RateFraction = r.Rate, GuestIndex = i, Domain = $"vm{i + 1}", Workload = w, Score = r.Measured / 2, Combined = r.Measured,
        }))],
        SimulatedRuns = [.. runs.Select(r => TinyTables.Scenario("like/" + r.Run, "like", r.Run, r.Rate, r.Simulated))],
        SimulatedDomains = [.. runs.SelectMany(r => TinyTables.Simulated("like/" + r.Run, ("1KB", r.Simulated / 2), ("100KB", r.Simulated / 2)))],
    };

    private static (int Runs, int Seen, double Error) Compared(ReportTables tables) =>
        UnseenPairs.Of(tables) is { } unseen ? (unseen.Runs.Count, unseen.Seen, unseen.Error) : default;

    private static double[] Line(Drawing drawing, string axis) =>
        [.. drawing.Plot!.Data.Single(t => (string?)t!["xaxis"] == axis && (string?)t["mode"] == "lines")!["y"]!.AsArray().Select(v => (double)v!)];

    private static Drawing Draw(string id, ReportTables tables) => FigureCatalogue.All.Single(f => f.Id == id).Draw(tables);
}
