using System.IO.Compression;
using System.Text;
using Colocate.Model.Errors;
using Colocate.Predict;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;
using CsCheck;

namespace Colocate.Tests.Predict;

public sealed class PredictionModelTests
{
    private static readonly Dictionary<string, PredictionModel> s_models = TrainerCatalogue.All.ToDictionary(
        t => t.Name, t => Train(t.Name, 1));

    private static readonly Gen<SoloProfile> s_profile =
        from name in Gen.Int[0, 3].Select(i => new[] { "new", "1KB", "0", "zz" }[i])
        from cpu in Gen.Double[0, 1.2]
        from net in Gen.Double[0, 1.2]
        select new SoloProfile(name, [new("host_cpu_fraction", cpu), new("net_fraction", net)]);

    public static TheoryData<string> Trainers => [.. TrainerCatalogue.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Swapping_the_pair_swaps_the_result_exactly_and_halves_add_up(string trainer) =>
        Gen.Select(s_profile, s_profile).Sample(
            (a, b) =>
            {
                if (a.Workload == b.Workload)
                    return;
                PairPrediction ab = s_models[trainer].Predict(a, b), ba = s_models[trainer].Predict(b, a);
                Assert.Equal((ab.Combined, ab.Low, ab.High, ab.ScoreA, ab.ScoreB), (ba.Combined, ba.Low, ba.High, ba.ScoreB, ba.ScoreA));
                Assert.Equal(ab.ToRow(), ba.ToRow());
                Assert.Equal(ab.Combined, ab.ScoreA + ab.ScoreB, 1e-12);
                Assert.InRange(ab.ScoreA, 0.01 - 1e-12, 1.05 + 1e-12);
                Assert.InRange(ab.ScoreB, 0.01 - 1e-12, 1.05 + 1e-12);
                Assert.InRange(ab.Combined, ab.Low, ab.High);
            },
            iter: 200);

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Names_do_not_matter_only_figures(string trainer)
    {
        SoloProfile a = SmallLab.Profiles[0], b = SmallLab.Profiles[4];
        PairPrediction before = s_models[trainer].Predict(a, b);
        PairPrediction after = s_models[trainer].Predict(new SoloProfile("zz", a.Features), new SoloProfile("0", b.Features));
        Assert.Equal(before.Combined, after.Combined, 1e-6);
        Assert.Equal(before.ScoreA, after.ScoreA, 1e-6);
    }

    [Fact]
    public void Beside_an_idle_guest_a_workload_scores_one()
    {
        PredictionModel model = s_models["ridge"];
        PairPrediction alone = model.Predict("4KB", "idle"), swapped = model.Predict("idle", "4KB");
        Assert.Equal((1.0, 1.0, 0.0, 1.0, 1.0), (alone.Combined, alone.ScoreA, alone.ScoreB, alone.Low, alone.High));
        Assert.Equal((0.0, 1.0), (swapped.ScoreA, swapped.ScoreB));
        Assert.Equal(0, model.Predict("idle", "idle").Combined);
    }

    [Fact]
    public void Equal_workloads_have_equal_halves()
    {
        PairPrediction pair = s_models["grey_box"].Predict("1KB", "1KB");
        Assert.Equal(pair.ScoreA, pair.ScoreB, 1e-12);
    }

    [Fact]
    public void The_stronger_half_is_found()
    {
        // In the small lab the network-bound member of a pair always scores more.
        PairPrediction pair = s_models["grey_box"].Predict("100KB", "1KB");
        Assert.True(pair.ScoreA > pair.ScoreB);
    }

    [Fact]
    public void Known_workloads_do_not_extrapolate_and_measured_scores_are_told()
    {
        PairPrediction measured = s_models["ridge"].Predict("1KB", "1KB");
        Assert.Equal(SmallLab.Pairs[0].Combined, measured.Measured);
        Assert.False(measured.Extrapolates);
        Assert.Null(s_models["ridge"].Predict("1KB", "4KB").Measured);
        PairPrediction other = s_models["ridge"].Predict(SmallLab.Profile("1KB", 1.1, 0.2), SmallLab.Profiles[0]);
        Assert.True(other.Extrapolates);
        Assert.Null(other.Measured);
    }

    [Theory]
    [Trait("promise", "R13")]
    [MemberData(nameof(Trainers))]
    public void A_figure_beyond_the_range_of_training_is_flagged_whatever_else_is_known_and_none_within_it_is(string trainer) => Gen.Select(
        Gen.Int[0, 2], Gen.Double[0, 1], Gen.Double[1e-6, 5], Gen.Bool, Gen.Bool).Sample(
        (column, share, beyond, above, second) =>
        {
            string name = new[] { "host_cpu_fraction", "net_fraction", "dom0_cpu_fraction" }[column];
            double low = SmallLab.Profiles.Min(p => p[name]!.Value), high = SmallLab.Profiles.Max(p => p[name]!.Value);
            PairPrediction within = Predict(low + (share * (high - low))), outside = Predict(above ? high * (1 + beyond) : low * (1 - Math.Min(beyond, 1)));
            Assert.False(within.Extrapolates, within.ExtrapolationNote);
            Assert.Null(within.ExtrapolationNote);
            Assert.True(outside.Extrapolates);
            Assert.StartsWith($"{name} of new is ", outside.ExtrapolationNote, StringComparison.Ordinal);

            PairPrediction Predict(double value)
            {
                var asked = new SoloProfile("new", [new(name, value)]);
                return second ? s_models[trainer].Predict(SmallLab.Profiles[0], asked) : s_models[trainer].Predict(asked, SmallLab.Profiles[0]);
            }
        },
        iter: 100);

    [Fact]
    [Trait("promise", "R13")]
    public void A_name_that_training_does_not_know_is_flagged()
    {
        SoloProfile[] named = [.. SmallLab.Profiles.Select((p, i) => Named(p.Workload, p, i < 2 ? "static" : i < 5 ? "dynamic" : "database"))];
        PredictionModel model = new Study(new TrainingSet(named, SmallLab.Pairs), new StudySettings()).Train("gaussian_process", [], cancellation: TestContext.Current.CancellationToken);
        PairPrediction unknown = model.Predict(Named("new", SmallLab.Profiles[1], "stream"), named[0]);
        Assert.True(unknown.Extrapolates);
        Assert.Equal("kind of new is stream, which no workload of the training bears", unknown.ExtrapolationNote);
        // One that a single workload bears was seen, and none is unknown, not new.
        Assert.False(model.Predict(Named("new", SmallLab.Profiles[1], "database"), named[0]).Extrapolates);
        Assert.False(model.Predict(new SoloProfile("new", SmallLab.Profiles[1].Features), named[0]).Extrapolates);

        static SoloProfile Named(string workload, SoloProfile figures, string kind) => new(workload, figures.Features, [new("kind", kind)]);
    }

    [Fact]
    public void Too_few_pairs_for_a_level_are_admitted()
    {
        PairPrediction sure = s_models["ridge"].Predict("1KB", "4KB", 0.5), unsure = s_models["ridge"].Predict("1KB", "4KB", 0.99);
        Assert.Equal((0.5, null), (sure.Level, sure.IntervalNote));
        Assert.Equal(SmallLab.Pairs.Count / (SmallLab.Pairs.Count + 1.0), unsure.Level, 1e-9);
        Assert.Contains("too few", unsure.IntervalNote, StringComparison.Ordinal);
        Assert.True(unsure.High - unsure.Low >= sure.High - sure.Low);
    }

    [Fact]
    public void Unknown_workloads_and_empty_profiles_are_refused()
    {
        Assert.Equal(ExitCode.NothingMatched, Assert.Throws<RequestException>(() => s_models["ridge"].Predict("1KB", "2KB")).ExitCode);
        Assert.Equal(ExitCode.WrongUse, Assert.Throws<RequestException>(() => s_models["ridge"].Predict(new SoloProfile("new", [new("other", 1)]), SmallLab.Profiles[0])).ExitCode);
        Assert.Equal(ExitCode.WrongUse, Assert.Throws<RequestException>(() => s_models["ridge"].Predict("1KB", "4KB", 1)).ExitCode);
        Assert.Equal(ExitCode.WrongUse, Assert.Throws<RequestException>(() => Train("deep", 1)).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_loaded_model_predicts_and_saves_the_same(string trainer)
    {
        byte[] saved = Save(s_models[trainer]);
        Assert.Equal(saved, Save(Train(trainer, 2)));
        PredictionModel loaded = PredictionModel.Load(new MemoryStream(saved), "model.zip");
        Assert.Equal(saved, Save(loaded));
        foreach (string a in SmallLab.Names)
            Assert.Equal(s_models[trainer].Predict(a, "10KB"), loaded.Predict(a, "10KB"));
        SoloProfile unseen = SmallLab.Profile("new", 0.77, 0.6);
        Assert.Equal(s_models[trainer].Predict(unseen, SmallLab.Profiles[1], 0.8), loaded.Predict(unseen, SmallLab.Profiles[1], 0.8));
    }

    [Fact]
    public void Zip_entries_carry_a_fixed_time_inside_ml_net_zips_too()
    {
        using var zip = new ZipArchive(new MemoryStream(Save(s_models["fast_forest"])));
        Assert.All(zip.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
        using Stream inner = zip.GetEntry("whole/regressor")!.Open();
        using var bytes = new MemoryStream();
        inner.CopyTo(bytes);
        using var nested = new ZipArchive(bytes);
        Assert.True(nested.Entries.Count > 2);
        Assert.All(nested.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
    }

    [Theory]
    [InlineData("card.json")]
    [InlineData("pairs.csv")]
    [InlineData("whole/features.json")]
    [InlineData("fold-1/regressor")]
    public void A_changed_or_missing_entry_is_damage(string entry)
    {
        byte[] saved = Save(s_models["sdca"]);
        AssertRefused(Edit(saved, entry, bytes => [.. bytes[..^2], (byte)' ', bytes[^1]]), "damaged");
        AssertRefused(Edit(saved, entry, _ => null), entry == "card.json" ? "not a model" : "damaged");
    }

    [Fact]
    public void Other_files_truncated_files_and_newer_formats_are_refused()
    {
        byte[] saved = Save(s_models["ridge"]);
        AssertRefused(Encoding.ASCII.GetBytes("workload,cpu\n"), "not a model");
        AssertRefused(saved[..(saved.Length / 2)], "cut short");
        AssertRefused(Edit(saved, "card.json", _ => "{\"kind\":\"something\"}"u8.ToArray()), "not a model");
        AssertRefused(Edit(saved, "card.json", _ => "{\"kind\":\"colocate-model\",\"format_version\":99}"u8.ToArray()), "format 99");
    }

    private static PredictionModel Train(string trainer, int parallelism) =>
        new Study(SmallLab.Set, new StudySettings { Parallelism = parallelism }).Train(trainer, [], null, TestContext.Current.CancellationToken);

    private static byte[] Save(PredictionModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static byte[] Edit(byte[] saved, string name, Func<byte[], byte[]?> edit)
    {
        using var stream = new MemoryStream();
        stream.Write(saved);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            ZipArchiveEntry entry = zip.GetEntry(name)!;
            using var bytes = new MemoryStream();
            using (Stream source = entry.Open())
                source.CopyTo(bytes);
            entry.Delete();
            if (edit(bytes.ToArray()) is byte[] changed)
            {
                using Stream target = zip.CreateEntry(name).Open();
                target.Write(changed);
            }
        }

        return stream.ToArray();
    }

    private static void AssertRefused(byte[] file, string why)
    {
        var error = Assert.Throws<RequestException>(() => PredictionModel.Load(new MemoryStream(file), "model.zip"));
        Assert.Equal(ExitCode.WrongUse, error.ExitCode);
        Assert.Contains("model.zip", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }
}
