using System.Text.Json.Nodes;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Simulated against measured combined scores of pairs that the calibration never saw, and what that error is worth.</summary>
public sealed class UnseenPairFigure : IFigure
{
    /// <summary>Runs that are drawn at most.</summary>
    private const int MostRuns = 400;

    /// <inheritdoc/>
    public string Id => "unseen-pairs";

    /// <inheritdoc/>
    public string Question => "How close is the simulator on pairs it never saw?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads => UnseenPairs.Reads;

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        if (UnseenPairs.Of(tables) is not { } unseen)
            return new Drawing("No measured run of an unseen pair was simulated at its own rates, so nothing is known of the simulator's errors on pairs.");
        Rival? constant = Rival(unseen, UnseenPairs.ConstantDemand), predictor = Rival(unseen, UnseenPairs.Predictor);
        List<RepeatedRun> drawn = Largest.Of(unseen.Runs, MostRuns, r => Math.Abs(r.ErrorFraction), "runs that are furthest off", out string? omitted);
        return new Drawing(Finding(unseen, constant, predictor))
        {
            Verdict = Judge(unseen, constant),
            Omitted = omitted,
            Plot = Plotted(drawn, predictor),
            Numbers = NumberTable.Of<RepeatedRun>(unseen.Runs,
            [
                new("pair", "Pair", NumberFormat.Text, r => r.Pair.ToString()),
                new("run", "Run", NumberFormat.Text, r => r.Run),
                new("measured", "Measured", NumberFormat.Score, r => r.Measured),
                new("simulated", "Simulated", NumberFormat.Score, r => r.Score),
                new("simulated_low", "from", NumberFormat.Score, r => r.Simulated.Scenario.CombinedLow),
                new("simulated_high", "to", NumberFormat.Score, r => r.Simulated.Scenario.CombinedHigh),
                new("replicas", "Replicas", NumberFormat.Count, r => r.Simulated.Scenario.Replicas),
                new("error_fraction", "Error, % of measured", NumberFormat.Points, r => r.ErrorFraction),
                new("constant_demand", "Constant demand", NumberFormat.Score, r => constant?.Predicted(r.Pair)),
                new("predicted", "Predicted", NumberFormat.Score, r => predictor?.Predicted(r.Pair)),
            ]),
        };
    }

    private static Rival? Rival(UnseenPairs unseen, string model) => unseen.Rivals.FirstOrDefault(r => r.Model == model);

    /// <summary>Good is an error within the spread of repeats; useless one that a formula without any simulation undercuts.</summary>
    private static Verdict Judge(UnseenPairs unseen, Rival? constant) =>
        unseen.Error <= unseen.RepeatSpread ? Verdict.Yes : unseen.Error >= constant?.Error ? Verdict.No : Verdict.WithCare;

    private static string Finding(UnseenPairs unseen, Rival? constant, Rival? predictor)
    {
        RepeatedRun worst = unseen.Runs.MaxBy(r => Math.Abs(r.ErrorFraction))!;
        double bias = unseen.Runs.Average(r => r.ErrorFraction);
        string spread = unseen.RepeatSpread is { } cv
            ? $", {(unseen.Error <= cv ? "within" : "more than")} the {Show.Percent(cv)} by which repeats of a pair differ "
                + $"(mean coefficient of variation of {Show.Count(unseen.RepeatedPairs, "pair")}). "
            : "; no pair was repeated, so the spread of repeats is unknown. ";
        string seen = (unseen.IsSeenKnown, unseen.Seen) switch
        {
            (false, _) => " No calibration is recorded, so nothing proves that these pairs were unseen.",
            (true, 0) => "",
            _ => $" Left out because the calibration saw their pair: {Show.Count(unseen.Seen, "run")}.",
        };
        return $"Over {Show.Count(unseen.Runs.Count, "run")} of {Show.Count(unseen.Pairs, "pair")} the simulated combined score is off by "
            + $"{Show.Percent(unseen.Error)} on average (mean absolute percentage error){spread}"
            + $"Over the same runs {Against("the constant-demand baseline", constant, unseen)}; {Against("the predictor", predictor, unseen)}. "
            + $"On average the simulation is {Show.Percent(Math.Abs(bias))} too {(bias < 0 ? "low" : "high")}; furthest off is {worst.Pair} in {worst.Run}, "
            + $"{Show.Number(worst.Score)} simulated and {Show.Number(worst.Measured)} measured.{seen}";
    }

    private static string Against(string name, Rival? rival, UnseenPairs unseen) => rival is null
        ? $"no evaluation holds {name}"
        : $"{name} is off by {Show.Percent(rival.Error)}, {(rival.Error > unseen.Error ? "more" : rival.Error < unseen.Error ? "less" : "as much")}"
            + $" ({Protocol.HeldOut(rival.Protocol)} held out{(rival.Runs < unseen.Runs.Count ? $", {rival.Runs} of {unseen.Runs.Count} runs" : "")})";

    private static Plot Plotted(List<RepeatedRun> runs, Rival? predictor)
    {
        List<OriginDot> dots = [.. runs.Select(Simulated)];
        if (predictor is not null)
            dots.AddRange(runs.Where(r => predictor.Predicted(r.Pair) is not null).Select(r => Predicted(r, predictor.Predicted(r.Pair)!.Value)));
        IEnumerable<double> values = dots.SelectMany(d => new[] { d.Score, d.Place, d.Low, d.High }.OfType<double>());
        double pad = 0.04 * Math.Max(0.1, values.Max() - values.Min());
        double from = Math.Max(0, values.Min() - pad), to = values.Max() + pad;
        JsonObject x = Side("measured combined score"), y = Side("simulated or predicted");
        y["scaleanchor"] = "x";
        return new Plot(
            [.. OriginDot.Draw(dots, "y", "x", isOnBars: false)],
            new JsonObject { ["xaxis"] = x, ["yaxis"] = y, ["shapes"] = new JsonArray(Plot.Line(from, from, to, to)) }) { HeightPx = 470 };

        JsonObject Side(string title)
        {
            JsonObject axis = Plot.Axis(title);
            axis["range"] = new JsonArray(from, to);
            axis["constrain"] = "domain";
            return axis;
        }
    }

    private static OriginDot Simulated(RepeatedRun r)
    {
        SimulatedRunRow scenario = r.Simulated.Scenario;
        return new(Palette.Simulated, r.Score, r.Measured, scenario.CombinedLow, scenario.CombinedHigh,
            $"{Name(r)}, simulated {Show.Number(r.Score)} ({Show.Number(scenario.CombinedLow)} to {Show.Number(scenario.CombinedHigh)})");
    }

    private static OriginDot Predicted(RepeatedRun r, double predicted) =>
        new(Palette.Predicted, predicted, r.Measured, null, null, $"{Name(r)}, predicted {Show.Number(predicted)}");

    private static string Name(RepeatedRun r) => $"<b>{Plot.Text(r.Pair.ToString())}</b>, {Plot.Text(r.Run)}<br>measured {Show.Number(r.Measured)}";
}
