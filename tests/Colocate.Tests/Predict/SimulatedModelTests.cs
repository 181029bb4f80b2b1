using System.IO.Compression;
using Colocate.Model.Errors;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Predict;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;
using CsCheck;

namespace Colocate.Tests.Predict;

public sealed class SimulatedModelTests
{
    private static readonly SimulatedPairs s_simulated = SimulatedLab.Random(3);

    private static readonly TrainingSet s_set = SimulatedLab.With(SmallLab.Set, s_simulated);

    private static readonly Dictionary<string, PredictionModel> s_models = TrainerCatalogue.All.ToDictionary(t => t.Name, t => Train(s_set, t.Name));

    private static readonly Gen<PairProfile> s_pair =
        from cpuA in Gen.Double[0, 1.2]
        from cpuB in Gen.Double[0, 1.2]
        from a in Gen.Int[0, 2].Select(i => new[] { "new", "1KB", "0" }[i])
        from b in Gen.Int[0, 1].Select(i => new[] { "zz", "100KB" }[i])
        from simulated in Gen.Select(Gen.Double[0, 1.1], Gen.Double[0, 1.1], (x, y) => new Halves(x, y)).Nullable()
        select new PairProfile(SmallLab.Profile(a, cpuA, 0.5), SmallLab.Profile(b, cpuB, 0.7), simulated);

    public static TheoryData<string> Trainers => [.. TrainerCatalogue.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Swapping_the_pair_swaps_the_result_exactly(string trainer) =>
        s_pair.Sample(
            pair =>
            {
                PairPrediction ab = s_models[trainer].Predict(pair), ba = s_models[trainer].Predict(pair.Swap());
                Assert.Equal((ab.Combined, ab.Low, ab.High, ab.ScoreA, ab.ScoreB, ab.IntervalNote), (ba.Combined, ba.Low, ba.High, ba.ScoreB, ba.ScoreA, ba.IntervalNote));
                Assert.Equal(ab.ToRow(), ba.ToRow());
                Assert.Equal(pair.Simulated is null, ab.IntervalNote?.Contains("simulated", StringComparison.Ordinal) ?? false);
            },
            iter: 100);

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_loaded_model_predicts_and_saves_the_same(string trainer)
    {
        byte[] saved = Save(s_models[trainer]);
        Assert.Equal(saved, Save(Train(s_set, trainer)));
        PredictionModel loaded = PredictionModel.Load(new MemoryStream(saved), "model.zip");
        Assert.Equal(saved, Save(loaded));
        Assert.Equal(2, loaded.Card.FormatVersion);
        Assert.Equal(s_set.Digest(), loaded.Card.DataDigest);
        foreach (WorkloadPair pair in WorkloadPair.All(SmallLab.Names))
            Assert.Equal(s_models[trainer].Predict(pair.A, pair.B), loaded.Predict(pair.A, pair.B));
        var missing = new PairProfile(SmallLab.Profile("new", 0.77, 0.6), SmallLab.Profiles[1]);
        Assert.Equal(s_models[trainer].Predict(missing), loaded.Predict(missing));
        PairProfile given = missing with { Simulated = new Halves(0.4, 0.7) };
        Assert.Equal(s_models[trainer].Predict(given), loaded.Predict(given));
    }

    [Fact]
    public void A_model_that_knows_no_simulation_is_saved_as_before_there_was_one()
    {
        byte[] saved = Save(Train(SmallLab.Set, "grey_box"));
        using var zip = new ZipArchive(new MemoryStream(saved));
        Assert.Null(zip.GetEntry("simulated.csv"));
        using var features = new StreamReader(zip.GetEntry("whole/features.json")!.Open());
        Assert.DoesNotContain("simulated", features.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(1, PredictionModel.Load(new MemoryStream(saved), "model.zip").Card.FormatVersion);
    }

    [Fact]
    public void Losing_the_simulated_pairs_is_damage()
    {
        using var stream = new MemoryStream();
        stream.Write(Save(s_models["ridge"]));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            zip.GetEntry("simulated.csv")!.Delete();
        stream.Position = 0;
        var error = Assert.Throws<RequestException>(() => PredictionModel.Load(stream, "model.zip"));
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_simulated_score_goes_with_the_workloads_and_not_with_their_names()
    {
        PredictionModel model = s_models["grey_box"];
        SoloProfile small = model.Training.Profile("1KB")!, large = model.Training.Profile("30KB")!;
        Assert.Equal(model.Predict(s_simulated.Of(small, large)), model.Predict("1KB", "30KB"));
        Assert.Null(model.Predict("1KB", "30KB", 0.5).IntervalNote);
        var namesake = new SoloProfile("1KB", small.Features);
        Assert.Equal(model.Predict(new PairProfile(small, large)).Combined, model.Predict(namesake, large).Combined);
        Assert.NotEqual(model.Predict(small, large).Combined, model.Predict(namesake, large).Combined);
    }

    [Fact]
    public void A_pair_that_was_not_simulated_is_predicted_and_said_to_be_out_of_reach()
    {
        var pair = new PairProfile(SmallLab.Profile("new", 0.8, 0.5), SmallLab.Profiles[2]);
        PairPrediction missing = s_models["ridge"].Predict(pair, 0.5), given = s_models["ridge"].Predict(pair with { Simulated = new Halves(0.5, 0.6) }, 0.5);
        Assert.True(missing.Extrapolates);
        Assert.Contains("no simulated score", missing.IntervalNote, StringComparison.Ordinal);
        Assert.Equal((false, null), (given.Extrapolates, given.IntervalNote));
        string note = s_models["ridge"].Predict(pair, 0.99).IntervalNote!;
        Assert.Contains("too few", note, StringComparison.Ordinal);
        Assert.Contains("no simulated score", note, StringComparison.Ordinal);
        PairPrediction unaware = Train(SmallLab.Set, "ridge").Predict(pair, 0.5);
        Assert.Equal((false, null), (unaware.Extrapolates, unaware.IntervalNote));
    }

    [Fact]
    public void Halves_lean_the_way_the_simulator_says()
    {
        // In this lab the first half of every measured pair is the simulated one: nothing else tells which guest wins.
        var set = SimulatedLab.Truth(s_simulated);
        PredictionModel model = Train(set, "grey_box");
        WorkloadPair[] clear = [.. WorkloadPair.All(SmallLab.Names).Where(p => Math.Abs(s_simulated[p]!.Value.A - s_simulated[p]!.Value.B) > 0.1)];
        Assert.NotEmpty(clear);
        Assert.All(clear, p => Assert.Equal(
            Math.Sign(s_simulated[p]!.Value.A - s_simulated[p]!.Value.B), Math.Sign(model.Predict(p.A, p.B).ScoreA - model.Predict(p.A, p.B).ScoreB)));
        PairPrediction equal = model.Predict("4KB", "4KB");
        Assert.Equal(equal.ScoreA, equal.ScoreB, 1e-12);
    }

    private static PredictionModel Train(TrainingSet set, string trainer) =>
        new Study(set, new StudySettings()).Train(trainer, [], null, TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_model_tells_how_far_each_feature_moves_its_predictions(string trainer)
    {
        IReadOnlyList<FeatureContributionRow> rows = s_models[trainer].Contributions();
        Assert.Equal(rows.OrderByDescending(r => r.Contribution).Select(r => r.Contribution), rows.Select(r => r.Contribution));
        Assert.Equal(rows.Count, rows.DistinctBy(r => r.Feature).Count());
        Assert.Equal(trainer is "grey_box" or "gaussian_process", rows.Any(r => r.Feature == "prior"));
        Assert.All(rows, r => Assert.True(r.Contribution >= 0 && r.Low <= r.High && r.Models <= SmallLab.Names.Length, r.Feature));
        Assert.Equal(rows, PredictionModel.Load(new MemoryStream(Save(s_models[trainer])), "model.zip").Contributions());
    }

    [Fact]
    public void Where_the_simulator_is_right_the_predictions_move_with_it_alone()
    {
        IReadOnlyList<MeasuredPair> simulated = [.. WorkloadPair.All(SmallLab.Names).Select(p => new MeasuredPair(p, s_simulated[p]!.Value.A, s_simulated[p]!.Value.B, 1))];
        IReadOnlyList<FeatureContributionRow> rows = Train(new TrainingSet(SmallLab.Profiles, simulated, s_simulated), "grey_box").Contributions();
        double mean = simulated.Average(p => p.Combined);
        Assert.Equal("prior", rows[0].Feature);
        Assert.Equal(simulated.Average(p => Math.Abs(p.Combined - mean)), rows[0].Contribution, 9);
        Assert.Equal(Math.Sqrt(simulated.Average(p => (p.Combined - mean) * (p.Combined - mean))), rows[0].Slope, 9);
        Assert.All(rows.Skip(1), r => Assert.InRange(r.Contribution, 0, 1e-9));
    }

    private static byte[] Save(PredictionModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
