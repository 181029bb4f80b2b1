using Colocate.Model.Runs;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Tests.Predict;

/// <summary>Who is held out, and names as families and features.</summary>
public sealed class ProtocolTests
{
    private static readonly TrainingSet s_named = Named(SmallLab.Names.Length), s_large = Named(12);

    [Fact]
    public void Leave_two_out_learns_from_no_pair_of_either_member_and_predicts_every_pair_once()
    {
        foreach (TrainingSet set in new[] { s_named, s_large })
        {
            IReadOnlyList<Fold> folds = ProtocolCatalogue.Find("two")!.Divide(set);
            Assert.Equal(set.Pairs.Select(p => p.Pair), folds.SelectMany(f => f.Test).Select(p => p.Pair).Order());
            Assert.All(folds, fold => Assert.Empty(Members(fold.Test).Intersect(Members(fold.Training.Pairs))));
        }
    }

    [Fact]
    public void Leave_family_out_learns_from_nobody_of_the_name()
    {
        IReadOnlyList<Fold> folds = ProtocolCatalogue.Find("family")!.Divide(s_named);
        Assert.Equal(["even", "odd"], folds.Select(f => f.HeldOut));
        Assert.All(folds, fold => Assert.DoesNotContain(fold.Training.Profiles, p => p.Categories["app"] == fold.HeldOut));
        Assert.Equal(s_named.Pairs.Select(p => p.Pair), folds.SelectMany(f => f.Test).Select(p => p.Pair).Distinct().Order());
    }

    [Fact]
    public void Inner_folds_learn_far_less_where_two_workloads_or_a_family_are_held_out() =>
        Assert.Equal(["two", "family"], ProtocolCatalogue.All.Where(p => p.IsFarUnseen).Select(p => p.Name));

    [Fact]
    public void Without_names_the_scarcest_resource_is_the_family()
    {
        IReadOnlyList<Fold> folds = ProtocolCatalogue.Find("family")!.Divide(SmallLab.Set);
        Assert.Equal(["host_cpu_fraction", "net_fraction"], folds.Select(f => f.HeldOut));
    }

    [Fact]
    public void Names_that_two_workloads_bear_are_features_and_an_unknown_name_is_like_no_other()
    {
        SoloSpace space = SoloSpace.Fit(s_named);
        Assert.Equal(["even", "odd"], Assert.Single(space.Categories).Levels);
        SoloProfile odd = s_named.Profiles[1], unknown = new("new", odd.Features);
        Assert.Equal((1.0, 2.0), Values(new PairProfile(odd, odd)));
        Assert.Equal((0.0, 1.0), Values(new PairProfile(odd, unknown)));
        Assert.Equal((0.0, 0.0), Values(new PairProfile(unknown, unknown)));

        (double Same, double Odd) Values(PairProfile pair) => (Value("same_app", pair), Value("count_app=odd", pair));

        double Value(string feature, PairProfile pair) => PairFeatureCatalogue.AllSymmetric(space).Single(f => f.Name == feature).Compute(space.Pair(pair));
    }

    [Fact]
    public void Names_that_nobody_shares_are_passed_over() =>
        Assert.Empty(SoloSpace.Fit(new TrainingSet(
            SmallLab.Profiles.Select(p => new SoloProfile(p.Workload, p.Features, [new("app", p.Workload)])), SmallLab.Pairs)).Categories);

    [Fact]
    public void Intervals_are_calibrated_on_pairs_as_unseen_as_those_that_they_are_quoted_for()
    {
        IReadOnlyList<Fold> pairs = ProtocolCatalogue.Find("pair")!.Calibrate(s_large);
        Assert.Equal(s_large.Pairs.Select(p => p.Pair), pairs.SelectMany(f => f.Test).Select(p => p.Pair).Order());
        Assert.All(pairs, f => Assert.Equal(s_large.Pairs.Count, f.Training.Pairs.Count + f.Test.Count));
        Assert.All(ProtocolCatalogue.Find("workload")!.Calibrate(s_large), f => Assert.All(f.Test, p => Assert.True(Unseen(f, p) >= 1)));
        IReadOnlyList<Fold> families = ProtocolCatalogue.Find("family")!.Calibrate(s_large);
        Assert.All(families, f => Assert.Empty(Apps(f.Training.Profiles).Intersect(f.HeldOut.Split(' '))));
        Assert.True(families.Count >= 2);
        // Of few pairs too few lie between two of a group; else both members are unseen.
        Assert.All(ProtocolCatalogue.Find("two")!.Calibrate(s_large), f => Assert.All(f.Test, p => Assert.Equal(2, Unseen(f, p))));
        Assert.Contains(ProtocolCatalogue.Find("two")!.Calibrate(s_named), f => f.Test.Any(p => Unseen(f, p) == 1));

        static IEnumerable<string> Apps(IEnumerable<SoloProfile> profiles) => profiles.Select(p => p.Categories["app"]).Distinct();

        static int Unseen(Fold fold, MeasuredPair pair) =>
            (fold.Training.Profile(pair.Pair.A) is null ? 1 : 0) + (fold.Training.Profile(pair.Pair.B) is null ? 1 : 0);
    }

    private static IEnumerable<string> Members(IEnumerable<MeasuredPair> pairs) => pairs.SelectMany(p => new[] { p.Pair.A, p.Pair.B }).Distinct();

    /// <summary>Workloads that bear the name even or odd in turn; every pair is measured.</summary>
    private static TrainingSet Named(int workloads)
    {
        SoloProfile[] profiles =
        [
            .. Enumerable.Range(0, workloads).Select(i => SmallLab.Profile($"{i + 1}KB", 1 - (0.05 * i), 0.2 + (0.05 * i)))
                .Select((p, i) => new SoloProfile(p.Workload, p.Features, [new("app", i % 2 == 0 ? "even" : "odd")])),
        ];
        return new TrainingSet(profiles, WorkloadPair.All(profiles.Select(p => p.Workload)).Select((p, i) => MeasuredPair.Of(p.A, p.B, 0.5 + (0.01 * (i % 7)), 0.6, 1)));
    }
}
