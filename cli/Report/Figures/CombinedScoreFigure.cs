using System.Text.Json.Nodes;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>
/// The paper's Fig. 3: combined score of every pair, best first, each bar stacked from its two halves. Marks set measurement, simulation and
/// prediction of a pair side by side.
/// </summary>
public sealed class CombinedScoreFigure : IFigure
{
    /// <summary>Distance between the marks of a bar, in bars.</summary>
    private const double Step = 0.22;

    /// <summary>Pairs that are drawn at most: the best and the worst.</summary>
    private const int MostPairs = 80;

    /// <inheritdoc/>
    public string Id => "combined-score";

    /// <inheritdoc/>
    public string Question => "Which pairs get more done together than by taking turns?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads => PairAnswer.Reads;

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        List<PairAnswer> pairs = [.. PairAnswer.All(tables).OrderByDescending(p => p.Combined)];
        if (pairs.Count == 0)
            return new Drawing("No pair was measured at saturation beside its base cases, and none was simulated or predicted.");
        List<PairAnswer> drawn = [.. Largest.Of([.. pairs.Index()], MostPairs, p => Math.Abs(p.Index - ((pairs.Count - 1) / 2.0)), "best and worst pairs", out string? omitted).Select(p => p.Item)];
        return new Drawing(Finding(pairs))
        {
            Omitted = omitted,
            Plot = Plotted(drawn, new Palette(tables)),
            Numbers = NumberTable.Of<PairAnswer>(pairs,
            [
                new("pair", "Pair", NumberFormat.Text, p => p.Pair.ToString()),
                new("measured_combined", "Measured", NumberFormat.Score, p => p.Measured?.CombinedMean),
                new("measured_sd", "sd", NumberFormat.Score, p => p.Measured?.CombinedSd),
                new("runs", "Runs", NumberFormat.Count, p => p.Measured?.Runs ?? 0),
                new("score_a", "First half", NumberFormat.Score, p => p.ScoreA),
                new("score_b", "Second half", NumberFormat.Score, p => p.ScoreB),
                new("combined_max", "Best of sweep", NumberFormat.Score, p => p.Measured?.CombinedMax),
                new("combined_max_rate_fraction", "at rate", NumberFormat.Percent, p => p.Measured?.CombinedMaxRateFraction),
                new("simulated_combined", "Simulated", NumberFormat.Score, p => p.Simulated?.Combined),
                new("simulated_low", "from", NumberFormat.Score, p => p.Simulated?.Low),
                new("simulated_high", "to", NumberFormat.Score, p => p.Simulated?.High),
                new("simulated_kind", "like its runs, or as a pair", NumberFormat.Text, p => p.Simulated?.Kind),
                new("simulated_scenarios", "Scenarios", NumberFormat.Count, p => p.Simulated?.Scenarios),
                new("predicted_combined", "Predicted", NumberFormat.Score, p => p.Predicted?.Combined),
                new("predicted_low", "from", NumberFormat.Score, p => p.Predicted?.Low),
                new("predicted_high", "to", NumberFormat.Score, p => p.Predicted?.High),
                new("extrapolates", "Extrapolates", NumberFormat.Flag, p => p.Predicted?.Extrapolates),
            ]),
        };
    }

    private static string Finding(List<PairAnswer> pairs)
    {
        List<PairAnswer> measured = [.. pairs.Where(p => p.Measured is not null)];
        int unmeasured = pairs.Count - measured.Count;
        string hatched = unmeasured == 0
            ? ""
            : $" Hatched bars ({Show.Count(unmeasured, "pair")}) were never measured: they show the prediction, or the simulation where there is none.";
        if (measured.Count == 0)
            return $"No pair was measured.{SimulationFinding(pairs)}{hatched}";
        PairAnswer best = measured[0], worst = measured[^1];
        return $"{best.Pair} gets along best, {best.Summary}; {worst.Pair} worst, {worst.Summary}. "
            + $"{measured.Count(p => p.Combined > 1)} of {Show.Count(measured.Count, "measured pair")} {(measured.Count == 1 ? "beats" : "beat")} taking turns (score 1). "
            + "The line through a mark is one standard deviation over repeats (without it the pair was measured once), the range over replicas, or the "
            + "interval of the prediction."
            + SimulationFinding(pairs)
            + (measured.Any(p => p.Predicted is not null) ? " A prediction of a measured pair has seen its measurement." : "")
            + hatched;
    }

    private static string SimulationFinding(List<PairAnswer> pairs)
    {
        List<PairAnswer> both = [.. pairs.Where(p => p.Difference is not null)];
        if (both.Count == 0)
            return pairs.Any(p => p.Simulated is not null) ? " No pair was both measured and simulated." : " No pair was simulated.";
        PairAnswer furthest = both.MaxBy(p => Math.Abs(p.Difference!.Value))!;
        return $" The simulation is off by {Show.Fine(both.Average(p => Math.Abs(p.Difference!.Value)))} on average over {Show.Count(both.Count, "measured pair")}, "
            + $"most for {furthest.Pair}: {Show.Number(furthest.Simulated!.Combined)} simulated and {Show.Number(furthest.Combined)} measured.";
    }

    private static Plot Plotted(List<PairAnswer> pairs, Palette palette)
    {
        List<(PairAnswer Answer, int Y)> measured = [.. pairs.Index().Where(p => p.Item.Measured is not null).Select(p => (p.Item, p.Index))];
        List<(PairAnswer Answer, int Y)> hatched = [.. pairs.Index().Where(p => p.Item.Measured is null).Select(p => (p.Item, p.Index))];
        List<OriginDot> dots = [.. pairs.Index().SelectMany(p => Dots(p.Item, p.Index))];
        var data = new JsonArray();
        foreach (string workload in pairs.SelectMany(p => new[] { p.Pair.A, p.Pair.B }).Distinct().Order(Model.Runs.WorkloadOrder.Instance))
            data.Add(Plot.Key(workload, "bar", new JsonObject { ["color"] = palette.Color(workload) }));
        if (hatched.Count > 0)
            data.Add(Plot.Key("never measured", "bar", HalfBar.Hatched(Palette.Neutral)));
        if (measured.Count > 0)
        {
            data.Add(Half(measured, p => p.ScoreA, HalfBar.Solid(Plot.Words(measured.Select(p => palette.Color(p.Answer.Pair.A))))));
            data.Add(Half(measured, p => p.ScoreB, HalfBar.Solid(Plot.Words(measured.Select(p => palette.Color(p.Answer.Pair.B))))));
        }

        if (hatched.Count > 0)
        {
            data.Add(Half(hatched, p => p.ScoreA, HalfBar.Hatched(Plot.Words(hatched.Select(p => palette.Color(p.Answer.Pair.A))))));
            data.Add(Half(hatched, p => p.ScoreB, HalfBar.Hatched(Plot.Words(hatched.Select(p => palette.Color(p.Answer.Pair.B))))));
        }

        foreach (JsonObject trace in OriginDot.Draw(dots, "x", "y", isOnBars: true))
            data.Add(trace);
        JsonObject y = Plot.NamedAxis([.. pairs.Select(p => p.Pair.ToString())]);
        y["range"] = new JsonArray(pairs.Count - 0.4, -0.6);
        y["ticktext"] = Plot.Words(pairs.Select(p => $"{Plot.Text(p.Pair.ToString(), 40)}  <b>{Show.Number(p.Combined)}</b>"));
        JsonObject x = Plot.Axis("combined score  T₁/B₁ + T₂/B₂");
        x["rangemode"] = "tozero";
        JsonObject turns = Plot.Line(1, 0, 1, 1, yref: "y domain");
        turns["layer"] = "above";
        return new Plot(data, new JsonObject
        {
            ["xaxis"] = x,
            ["yaxis"] = y,
            ["margin"] = new JsonObject { ["t"] = 64 },
            ["shapes"] = new JsonArray(turns),
            ["annotations"] = new JsonArray(Plot.Note("taking turns", 1, 0, "x", "y domain", xanchor: "left", yanchor: "bottom")),
        }) { HeightPx = 150 + (30 * pairs.Count) };
    }

    private static IEnumerable<OriginDot> Dots(PairAnswer pair, int y)
    {
        string name = $"<b>{Plot.Text(pair.Pair.ToString())}</b><br>";
        if (pair.Measured is { CombinedMean: double mean, CombinedSd: var sd })
            yield return new(Palette.Measured, mean, y - Step, mean - sd, mean + sd, name + pair.Summary);
        if (pair.Simulated is { } simulated)
            yield return new(Palette.Simulated, simulated.Combined, y, simulated.Low, simulated.High, name + simulated.Summary);
        if (pair.Predicted is { } predicted)
            yield return new(Palette.Predicted, predicted.Combined, y + Step, predicted.Low, predicted.High, name + pair.PredictionSummary);
    }

    private static JsonObject Half(List<(PairAnswer Answer, int Y)> bars, Func<PairAnswer, double> score, JsonObject marker)
    {
        bool isSolid = marker["pattern"] is null;
        return new JsonObject
        {
            ["type"] = "bar",
            ["orientation"] = "h",
            ["showlegend"] = false,
            ["x"] = Plot.Numbers(bars.Select(b => score(b.Answer))),
            ["y"] = Plot.Numbers(bars.Select(b => (double)b.Y)),
            ["marker"] = marker,
            ["text"] = Plot.Words(bars.Select(b => isSolid ? Show.Number(score(b.Answer)) : "")),
            ["textposition"] = "inside",
            ["insidetextanchor"] = "middle",
            ["textangle"] = 0,
            ["textfont"] = new JsonObject { ["size"] = 10.5 },
            ["hovertext"] = Plot.Words(bars.Select(b =>
                $"<b>{Plot.Text(b.Answer.Pair.ToString())}</b><br>{b.Answer.Summary}<br>"
                + $"{Plot.Text(b.Answer.Pair.A)} {Show.Number(b.Answer.ScoreA)}, {Plot.Text(b.Answer.Pair.B)} {Show.Number(b.Answer.ScoreB)}")),
            ["hoverinfo"] = "text",
        };
    }
}
