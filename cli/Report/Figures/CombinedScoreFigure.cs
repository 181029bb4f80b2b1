using System.Text.Json.Nodes;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>The paper's Fig. 3: combined score of every pair, best first, each bar stacked from its two halves.</summary>
public sealed class CombinedScoreFigure : IFigure
{
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
            return new Drawing("No pair was measured at saturation beside its base cases, and none was predicted.");
        return new Drawing(Finding(pairs))
        {
            Plot = Plotted(pairs, new Palette(tables)),
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
        string predicted = unmeasured == 0 ? "" : $" Hatched bars are predictions of the {Show.Count(unmeasured, "pair")} never measured, with their intervals.";
        if (measured.Count == 0)
            return "No pair was measured; every bar is a prediction with its interval." + predicted;
        PairAnswer best = measured[0], worst = measured[^1];
        return $"{best.Pair} gets along best, {best.Summary}; {worst.Pair} worst, {worst.Summary}. "
            + $"{measured.Count(p => p.Combined > 1)} of {Show.Count(measured.Count, "measured pair")} beat taking turns (score 1). "
            + "Error bars are one standard deviation over repeats; a pair without one was measured once." + predicted;
    }

    private static Plot Plotted(List<PairAnswer> pairs, Palette palette)
    {
        List<(PairAnswer Answer, int Y)> measured = [.. pairs.Index().Where(p => p.Item.Measured is not null).Select(p => (p.Item, p.Index))];
        List<(PairAnswer Answer, int Y)> predicted = [.. pairs.Index().Where(p => p.Item.Measured is null).Select(p => (p.Item, p.Index))];
        var data = new JsonArray();
        foreach (string workload in pairs.SelectMany(p => new[] { p.Pair.A, p.Pair.B }).Distinct().Order(Model.Runs.WorkloadOrder.Instance))
            data.Add(Key(workload, new JsonObject { ["color"] = palette.Color(workload) }));
        if (predicted.Count > 0)
            data.Add(Key("predicted, never measured", Hatched(Palette.Neutral)));
        if (measured.Count > 0)
        {
            data.Add(Half(measured, p => p.ScoreA, Solid(measured.Select(p => palette.Color(p.Answer.Pair.A)))));
            JsonObject second = Half(measured, p => p.ScoreB, Solid(measured.Select(p => palette.Color(p.Answer.Pair.B))));
            second["error_x"] = ErrorBar(measured.Select(p => p.Answer.Measured!.CombinedSd ?? 0));
            data.Add(second);
        }

        if (predicted.Count > 0)
        {
            data.Add(Half(predicted, p => p.ScoreA, Hatched(Plot.Words(predicted.Select(p => palette.Color(p.Answer.Pair.A))))));
            JsonObject second = Half(predicted, p => p.ScoreB, Hatched(Plot.Words(predicted.Select(p => palette.Color(p.Answer.Pair.B)))));
            JsonObject interval = ErrorBar(predicted.Select(p => p.Answer.Predicted!.High - p.Answer.Combined));
            interval["symmetric"] = false;
            interval["arrayminus"] = Plot.Numbers(predicted.Select(p => p.Answer.Combined - p.Answer.Predicted!.Low));
            second["error_x"] = interval;
            data.Add(second);
        }

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
            ["shapes"] = new JsonArray(turns),
            ["annotations"] = new JsonArray(Plot.Note("taking turns", 1, 0, "x", "y domain", xanchor: "left", yanchor: "bottom")),
        }) { HeightPx = 130 + (23 * pairs.Count) };
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
            ["hovertext"] = Plot.Words(bars.Select(b =>
                $"<b>{Plot.Text(b.Answer.Pair.ToString())}</b><br>{b.Answer.Summary}<br>"
                + $"{Plot.Text(b.Answer.Pair.A)} {Show.Number(b.Answer.ScoreA)}, {Plot.Text(b.Answer.Pair.B)} {Show.Number(b.Answer.ScoreB)}")),
            ["hoverinfo"] = "text",
        };
    }

    private static JsonObject Key(string name, JsonObject marker) => new()
    {
        ["type"] = "bar",
        ["orientation"] = "h",
        ["name"] = Plot.Text(name),
        ["x"] = new JsonArray((JsonNode?)null),
        ["y"] = new JsonArray((JsonNode?)null),
        ["marker"] = marker,
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Solid(IEnumerable<string> colors) => new()
    {
        ["color"] = Plot.Words(colors), ["line"] = new JsonObject { ["color"] = "#ffffff", ["width"] = 0.8 },
    };

    /// <summary>Stripes in the colour on no ground: unlike a lighter shade, they tell a prediction from a measurement in print.</summary>
    private static JsonObject Hatched(JsonNode color) => new()
    {
        ["color"] = "rgba(0,0,0,0)",
        ["line"] = new JsonObject { ["color"] = color, ["width"] = 1.2 },
        ["pattern"] = new JsonObject { ["shape"] = "/", ["fgcolor"] = color.DeepClone(), ["bgcolor"] = "rgba(0,0,0,0)", ["size"] = 6, ["solidity"] = 0.35 },
    };

    private static JsonObject ErrorBar(IEnumerable<double> sd) => new()
    {
        ["type"] = "data", ["array"] = Plot.Numbers(sd), ["color"] = "#5b646d", ["thickness"] = 1.3, ["width"] = 4,
    };
}
