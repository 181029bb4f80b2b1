using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Predict.Baselines;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Tests.Predict;

public sealed class SimulatorTests
{
    private const string Simulator = "simulator";

    private static readonly SimulatedPairs s_informative = SimulatedLab.Random(3);

    private static readonly TrainingSet s_truth = SimulatedLab.Truth(s_informative);

    private static readonly EvaluationResult s_evaluated = SmallLab.Evaluate(s_truth, "workload");

    [Fact]
    public void Features_are_the_simulated_score_and_the_victims_half()
    {
        TrainingSet set = SimulatedLab.With(SmallLab.Set, s_informative);
        SoloSpace space = SoloSpace.Fit(set);
        PairFeature combined = PairFeatureCatalogue.AllSymmetric(space).Single(f => f.Name == "simulated"), victim = PairFeatureCatalogue.AllOrdered(space).Single(f => f.Name == "simulated_victim");
        Assert.Contains(PairFeatureCatalogue.CapacityOnly(space), f => f.Name == "simulated");
        foreach (MeasuredPair pair in set.Pairs)
        {
            Halves simulated = s_informative[pair.Pair]!.Value;
            PairInput input = space.Pair(set.Known(pair.Pair));
            Assert.Equal((simulated.Combined, simulated.A), (combined.Compute(input), victim.Compute(input)));
            Assert.Equal((simulated.B + simulated.A, simulated.B), (combined.Compute(input.Swap()), victim.Compute(input.Swap())));
        }
    }

    [Fact]
    public void A_part_with_one_pair_that_was_not_simulated_does_without()
    {
        WorkloadPair gap = SmallLab.Pairs[3].Pair;
        TrainingSet set = SimulatedLab.With(SmallLab.Set, SimulatedLab.Without(s_informative, gap));
        SoloSpace space = SoloSpace.Fit(set);
        Assert.Null(space.SimulatedAboveBound);
        Assert.All(set.Pairs, p => Assert.Null(space.Pair(set.Known(p.Pair)).Simulated));
        Assert.DoesNotContain(PairFeatureCatalogue.AllSymmetric(space).Concat(PairFeatureCatalogue.AllOrdered(space)), f => f.IsSimulated);
        Assert.NotNull(SoloSpace.Fit(set.Without(p => p == gap)).SimulatedAboveBound);
    }

    [Fact]
    public void For_a_missing_score_the_bound_stands_in_moved_by_the_mean_distance_in_training()
    {
        // Bounds: a and b together want 1.95 of a CPU that gives 0.975, so 1; c and d want 0.975 of it, so 2; a and c 1 + 0.
        SoloProfile[] profiles = [Cpu("a", 0.975), Cpu("b", 0.975), Cpu("c", 0.4875), Cpu("d", 0.4875)];
        WorkloadPair ab = WorkloadPair.Of("a", "b"), cd = WorkloadPair.Of("c", "d"), aa = WorkloadPair.Of("a", "a");
        var set = new TrainingSet(
            profiles,
            [MeasuredPair.Of("a", "b", 0.4, 0.4, 1), MeasuredPair.Of("c", "d", 0.8, 0.8, 3), MeasuredPair.Of("a", "a", 0.4, 0.4, 1)],
            new SimulatedPairs([new(ab, new Halves(0.3, 0.5)), new(cd, new Halves(0.8, 0.8)), new(aa, new Halves(0.4, 0.4))]));
        SoloSpace space = SoloSpace.Fit(set);
        double distance = ((0.8 - 1) + (3 * (1.6 - 2)) + (0.8 - 1)) / 5;
        PairProfile missing = set.Simulated.Of(profiles[1], profiles[1]);
        Assert.True(space.MissesSimulation(missing));
        Halves standIn = space.Pair(missing).Simulated!.Value;
        Assert.Equal((1 + distance) / 2, standIn.A, 1e-12);
        Assert.Equal((1 + distance) / 2, standIn.B, 1e-12);
        Assert.Equal(new Halves(0.3, 0.5), space.Pair(set.Known(ab)).Simulated);
        Assert.False(space.MissesSimulation(set.Known(ab)));

        static SoloProfile Cpu(string name, double share) => new(name, [new("host_cpu_fraction", share)]);
    }

    [Fact]
    public void The_grey_boxs_prior_is_the_simulator_and_without_one_the_bound()
    {
        var greyBox = (RegressionTrainer)TrainerCatalogue.Find("grey_box")!;
        Assert.All(s_truth.Pairs, p => Assert.Equal(s_informative[p.Pair]!.Value.Combined, greyBox.Prior(SoloSpace.Fit(s_truth).Pair(s_truth.Known(p.Pair)))));
        PairInput without = SoloSpace.Fit(SmallLab.Set).Pair(SmallLab.Set.Known(SmallLab.Pairs[3].Pair));
        Assert.Equal(ConstantDemand.Bound(without).Combined, greyBox.Prior(without));
    }

    [Fact]
    public void The_baseline_is_the_simulated_score_itself_in_a_row_of_its_own()
    {
        Assert.Equal("baseline", s_evaluated.Rows.Single(r => r.Model == Simulator).ModelKind);
        EvaluationPairRow[] pairs = [.. s_evaluated.Pairs.Where(p => p.Model == Simulator)];
        Assert.NotEmpty(pairs);
        Assert.All(pairs, p => Assert.Equal(s_informative[WorkloadPair.Of(p.WorkloadA, p.WorkloadB)]!.Value.Combined, p.Predicted));
    }

    [Fact]
    public void Without_a_score_for_every_measured_pair_there_is_no_such_row()
    {
        TrainingSet gap = SimulatedLab.With(SmallLab.Set, SimulatedLab.Without(s_informative, SmallLab.Pairs[3].Pair));
        Assert.Contains(BaselineCatalogue.All, b => b.Name == Simulator);
        Assert.DoesNotContain(BaselineCatalogue.For(SmallLab.Set), b => b.Name == Simulator);
        IReadOnlyList<EvaluationRow> rows = SmallLab.Evaluate(gap, "workload").Rows;
        Assert.DoesNotContain(rows, r => r.Model == Simulator);
        Assert.Equal(1 + TrainerCatalogue.All.Count + BaselineCatalogue.All.Count - 1, rows.Count);
    }

    [Fact]
    public void An_informative_simulator_halves_the_error_for_unseen_workloads()
    {
        EvaluationResult without = SmallLab.Evaluate(SimulatedLab.With(s_truth, SimulatedPairs.None), "workload");
        foreach (string model in (string[])["grey_box", "auto"])
            Assert.True(Mae(s_evaluated, model) < 0.5 * Mae(without, model), $"{model}: {Mae(s_evaluated, model)} with, {Mae(without, model)} without");
        Assert.True(Mae(s_evaluated, "grey_box") < Mae(s_evaluated, Simulator), "the residual is learned too");
    }

    [Fact]
    public void A_useless_simulator_does_little_harm()
    {
        // Held against the best trainer without a simulator, which nobody can know beforehand; the simulator itself errs several times as much.
        double best = SmallLab.Evaluate(SimulatedLab.Explained, "workload").Rows.Where(r => r.ModelKind == "trainer").Min(r => r.Mae);
        EvaluationResult[] useless = [.. new[] { 11, 12 }.Select(seed => SmallLab.Evaluate(SimulatedLab.With(SimulatedLab.Explained, SimulatedLab.Random(seed)), "workload"))];
        Assert.All(useless, r => Assert.True(Mae(r, "auto") < 1.25 * best, $"{Mae(r, "auto")} with, {best} without"));
        Assert.All(useless, r => Assert.True(Mae(r, Simulator) > 5 * best));
    }

    [Fact]
    public void Scores_of_a_held_out_workload_never_enter_through_the_simulator()
    {
        const string heldOut = "10KB";
        var poisoned = new TrainingSet(
            s_truth.Profiles, s_truth.Pairs.Select(p => p.Pair.Contains(heldOut) ? p with { ScoreA = 1e6, ScoreB = 1e6, Weight = 50 } : p), s_truth.Simulated);
        Assert.Equal(Predictions(s_evaluated), Predictions(SmallLab.Evaluate(poisoned, "workload")));

        static List<(string, double, double?, double?)> Predictions(EvaluationResult result) =>
            [.. result.Pairs.Where(p => p.HeldOut == heldOut).Select(p => (p.Model, p.Predicted, p.Low, p.High))];
    }

    private static double Mae(EvaluationResult result, string model) => result.Rows.Single(r => r.Model == model).Mae;
}
