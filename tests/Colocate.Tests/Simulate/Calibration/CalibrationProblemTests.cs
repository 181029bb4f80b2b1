using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Parameters;
using CsCheck;
using static Colocate.Tests.Simulate.Calibration.SyntheticLab;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class CalibrationProblemTests
{
    private static readonly SyntheticLab s_lab = new SyntheticLab(HostParameters.Start).Add("base", "base", [Small], loadS: 2).Add("idle", "idle", [Idle], null, loadS: 2);

    [Fact]
    public void The_truth_has_no_loss_and_every_value_stands_beside_its_like()
    {
        CalibrationProblem problem = Problem(s_lab.Runs, searching: false);
        IReadOnlyList<RunReading> simulated = problem.Simulate(HostParameters.Start);
        CalibrationResidualRow[] rows = [.. problem.Rows(simulated)];
        Assert.Equal(0, problem.Loss(simulated));
        Assert.All(rows, r => Assert.Equal((0.0, r.Measured), (r.Residual, r.Simulated)));
        Assert.Equal([15, 13], rows.GroupBy(r => r.Run).Select(r => r.Count()));
        Assert.Equal(["Domain-0", "host", "vm1"], rows.Select(r => r.Domain).Distinct().Order());
        Assert.Equal(11, rows.Count(r => r is { Run: "base", Fitted: true }));
    }

    [Fact]
    public void Residuals_are_deviations_in_tolerances_simulated_less_measured()
    {
        CalibrationProblem problem = Problem([Run(50, null)], searching: false);
        CalibrationResidualRow row = Assert.Single(problem.Rows([Reading(48, null)]));
        Assert.Equal(("base", "first", "1KB", "vm1", "throughput_per_s"), (row.Run, row.Campaign, row.Workload, row.Domain, row.Observable));
        Assert.Equal((50.0, 48.0, 1.0, -2.0, true), (row.Measured, row.Simulated, row.Tolerance, row.Residual, row.Fitted));
    }

    [Fact]
    public void Being_further_off_always_costs_more_and_never_more_than_four_tolerances_do() =>
        Gen.Select(Gen.Double[0.001, 100], Gen.Double[0.001, 100]).Sample((offset, more) =>
        {
            CalibrationProblem problem = Problem([Run(50, null)], searching: false);
            (double near, double far, double below) = (problem.Loss([Reading(50 + offset, null)]), problem.Loss([Reading(50 + offset + more, null)]), problem.Loss([Reading(50 - offset, null)]));
            Assert.True(near < far && far < 16, $"{near} {far}");
            Assert.Equal(near, below, 9);
        });

    [Theory]
    [InlineData(0.1, 0.1 * 0.1)]
    [InlineData(4, 8)]
    [InlineData(400, 16)]
    public void Small_deviations_are_squared_and_large_ones_are_held(double tolerances, double loss) =>
        Assert.Equal(loss, Problem([Run(50, null)], searching: false).Loss([Reading(50 + tolerances, null)]), 0.001 * loss);

    /// <summary>A run whose every time is that of a slower cpu is explained by it; without the freedom it would cost much more.</summary>
    [Fact]
    public void The_speed_of_a_runs_cpu_is_not_held_against_the_parameters()
    {
        SyntheticLab lab = new SyntheticLab(HostParameters.Start).Add("slow", "base", [Small], speed: 0.9).Add("usual", "base", [Small]).Add("fast", "base", [Small], speed: 1.1);
        CalibrationProblem problem = Problem(lab.Runs, searching: false);
        IReadOnlyList<RunReading> simulated = problem.Simulate(HostParameters.Start);
        double rigid = problem.Loss(simulated);
        problem.LearnSensitivities([HostParameters.Start]);
        Assert.True(problem.Loss(simulated) < 0.5 * rigid, $"{problem.Loss(simulated)} of {rigid}");
        double[] speeds = [.. problem.Speeds(simulated)];
        Assert.InRange(speeds[0], 1.05, 1.15);
        Assert.InRange(speeds[1], 0.86, 0.95);
        Assert.Equal(1, speeds[2], 9);
    }

    [Fact]
    public void A_run_may_widen_a_tolerance_leave_an_observable_out_or_count_one_that_others_only_show()
    {
        CalibrationRun run = Run(50, 10) with { ToleranceFactors = new Dictionary<string, double> { ["guest.throughput_per_s"] = 4, ["guest.reply_ms"] = double.PositiveInfinity } };
        CalibrationProblem problem = Problem([run], searching: false);
        CalibrationResidualRow[] rows = [.. problem.Rows([Reading(48, 100)])];
        Assert.Equal([("throughput_per_s", 4.0, -0.5, true), ("reply_ms", 3.0, 30.0, false)], rows.Select(r => (r.Observable, r.Tolerance, r.Residual, r.Fitted)));
        Assert.Equal(0.25, problem.Loss([Reading(48, 100)]), 0.01);
        CalibrationRun counted = s_lab.Runs[0] with { ToleranceFactors = new Dictionary<string, double> { ["host.switches_per_s"] = 1 } };
        Assert.Equal(12, Problem([counted], searching: false).Rows([counted.Measured]).Count(r => r.Fitted));
    }

    [Fact]
    public void Where_the_speed_is_known_the_parameters_answer_for_all_of_a_residual()
    {
        IReadOnlyList<CalibrationRun> slow = new SyntheticLab(HostParameters.Start).Add("slow", "base", [Small], loadS: 2, speed: 0.9).Runs;
        Assert.True(Learnt(slow[0]) < 0.5 * Learnt(slow[0] with { SpeedSd = 0 }));
        Assert.Equal(Problem(slow, searching: false).Losses([HostParameters.Start])[0], Learnt(slow[0] with { SpeedSd = 0 }));

        static double Learnt(CalibrationRun run)
        {
            CalibrationProblem problem = Problem([run], searching: false);
            problem.LearnSensitivities([HostParameters.Start]);
            return problem.Losses([HostParameters.Start])[0];
        }
    }

    [Fact]
    public void A_run_that_answered_nothing_counts_like_any_other_that_is_far_off()
    {
        CalibrationProblem problem = Problem([Run(0, null)], searching: false);
        Assert.Equal(0, problem.Loss([Reading(0, null)]));
        Assert.Equal(16, problem.Loss([Reading(50, null)]), 0.001);
        Assert.All(problem.Rows([Reading(50, null)]), r => Assert.True(double.IsFinite(r.Residual)));
    }

    [Fact]
    public void While_searching_runs_at_nearly_the_same_rate_share_a_simulation_and_otherwise_every_run_has_its_own()
    {
        SyntheticLab lab = new SyntheticLab(HostParameters.Start)
            .Add("a", "base", [Small.At(20)], loadS: 1).Add("b", "base", [Small.At(20.5)], loadS: 1).Add("c", "base", [Small.At(22)], loadS: 1)
            .Add("d", "base", [Small.At(20) with { ReplyBytes = 2048 }], loadS: 1).Add("e", "base", [Small.At(20)], loadS: 1, edit: r => r with { NicMbit = 4 }).Add("f", "idle", [Idle], loadS: 1);
        CalibrationProblem searching = Problem(lab.Runs, searching: true), exact = Problem(lab.Runs, searching: false);
        Assert.Equal((5, 6), (searching.Simulations, exact.Simulations));
        IReadOnlyList<RunReading> shared = searching.Simulate(HostParameters.Start), own = exact.Simulate(HostParameters.Start);
        Assert.Equal(shared[0].Driver!.CpuFraction, shared[1].Driver!.CpuFraction);
        Assert.NotEqual(own[0].Driver!.CpuFraction, own[1].Driver!.CpuFraction);
    }

    /// <summary>The trace of a short run must not be rounded away.</summary>
    [Fact]
    public void A_window_of_less_than_half_a_second_still_is_one()
    {
        CalibrationRun run = s_lab.Runs[0];
        RunReading reading = Problem([run with { Scenario = run.Scenario with { WindowS = 0.3 } }], searching: true).Simulate(HostParameters.Start)[0];
        Assert.True(reading.Driver!.CpuFraction > 0);
    }

    [Fact]
    public void Losses_of_candidates_are_their_own_whatever_stands_beside_them_and_however_many_run_at_once()
    {
        HostParameters other = HostParameters.Start.With((ParameterCatalogue.Request, 8000));
        double alone = Problem(s_lab.Runs, searching: true).Losses([other])[0];
        double[] together = new CalibrationProblem(s_lab.Runs, true, new ParallelOptions { MaxDegreeOfParallelism = 2 }).Losses([HostParameters.Start, other, HostParameters.Start]);
        Assert.Equal([0, alone, 0], together);
        Assert.True(alone > 10);
    }

    private static CalibrationProblem Problem(IReadOnlyList<CalibrationRun> runs, bool searching) => new(runs, searching, new ParallelOptions { MaxDegreeOfParallelism = 1 });

    private static CalibrationRun Run(double? throughput, double? replyMs) => s_lab.Runs[0] with { Measured = Reading(throughput, replyMs) };

    private static RunReading Reading(double? throughput, double? replyMs) => new(throughput, replyMs, null, null, null);
}
