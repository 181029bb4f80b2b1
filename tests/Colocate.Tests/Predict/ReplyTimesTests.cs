using Colocate.Model.Runs;
using Colocate.Predict;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;

namespace Colocate.Tests.Predict;

public sealed class ReplyTimesTests
{
    // Replies take longer the more of the wire the victim wants, and a little longer beside a busy aggressor.
    private static readonly TrainingSet s_set = new(SmallLab.Profiles, SmallLab.Pairs.Select(p => p with { ReplyAMs = Ms(p.Pair.A, p.Pair.B), ReplyBMs = Ms(p.Pair.B, p.Pair.A) }));

    private static readonly PredictionModel s_model = Train(s_set);

    [Fact]
    public void Reply_times_are_predicted_beside_the_score_and_swap_with_the_pair()
    {
        foreach (WorkloadPair pair in WorkloadPair.All(SmallLab.Names))
        {
            PairPrediction ab = s_model.Predict(pair.A, pair.B), ba = s_model.Predict(pair.B, pair.A);
            Assert.Equal((ab.ReplyAMs, ab.ReplyBMs), (ba.ReplyBMs, ba.ReplyAMs));
            Assert.InRange(ab.ReplyAMs!.Value / Ms(pair.A, pair.B), 0.7, 1.4);
            Assert.Null(ab.ReplyReason);
        }
    }

    [Fact]
    public void The_card_says_the_error_on_held_out_workloads_beside_that_of_a_mean()
    {
        CardReplies card = s_model.Card.Replies!;
        Assert.Equal(SmallLab.Pairs.Count, card.Pairs);
        Assert.True(card.ErrorFraction < 0.5 * card.MeanErrorFraction, $"{card.ErrorFraction} {card.MeanErrorFraction}");
    }

    [Fact]
    public void A_saved_model_predicts_the_same_times()
    {
        using var file = new MemoryStream();
        s_model.Save(file);
        file.Position = 0;
        Assert.Equal(s_model.Predict("1KB", "50KB"), PredictionModel.Load(file, "model.zip").Predict("1KB", "50KB"));
    }

    [Fact]
    public void Without_measured_times_there_is_a_reason()
    {
        PairPrediction pair = Train(SmallLab.Set).Predict("1KB", "4KB");
        Assert.Equal((null, null), (pair.ReplyAMs, pair.ReplyBMs));
        Assert.Contains("without measured reply times", pair.ReplyReason, StringComparison.Ordinal);
        Assert.Contains("alone", s_model.Predict("1KB", "idle").ReplyReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_never_measured_are_not_predicted()
    {
        PairPrediction far = s_model.Predict(SmallLab.Profile("far", 0.1, 9), SmallLab.Profiles[0]);
        Assert.InRange(far.ReplyAMs!.Value, s_model.Card.Replies!.LeastMs, s_model.Card.Replies.MostMs);
    }

    [Fact]
    public void They_travel_through_the_csv_and_are_averaged_with_the_repeats()
    {
        MeasuredPair pair = Assert.Single(PairsCsv.Read(new StringReader("workload_a,workload_b,score_a,score_b,repeats,reply_ms_a,reply_ms_b\nb,a,0.5,0.6,1,100,40\na,b,0.6,0.5,3,20,\n"), "pairs.csv"));
        Assert.Equal((25.0, 100.0), (pair.ReplyAMs, pair.ReplyBMs));
        string text = PairsCsv.Write([pair]);
        Assert.Equal(text, PairsCsv.Write(PairsCsv.Read(new StringReader(text), "pairs.csv")));
    }

    private static double Ms(string victim, string aggressor) =>
        100 * Math.Exp(2 * SmallLab.Profiles[Array.IndexOf(SmallLab.Names, victim)]["net_fraction"]!.Value) * (1 + (0.1 * SmallLab.Profiles[Array.IndexOf(SmallLab.Names, aggressor)]["host_cpu_fraction"]!.Value));

    private static PredictionModel Train(TrainingSet set) => new Study(set, new StudySettings()).Train("ridge", [], null, TestContext.Current.CancellationToken);
}
