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
        string predicted = unmeasured == 0 ? "" : $" Hatched bars ({Show.Count(unmeasured, "pair")}) are predictions with their intervals, never measured.";
        if (measured.Count == 0)
            return "No pair was measured." + predicted;
        PairAnswer best = measured[0], worst = measured[^1];
        return $"{best.Pair} gets along best, {best.Summary}; {worst.Pair} worst, {worst.Summary}. "
            + $"{measured.Count(p => p.Combined > 1)} of {Show.Count(measured.Count, "measured pair")} {(measured.Count == 1 ? "beats" : "beat")} taking turns (score 1). "
            + "Error bars are one standard deviation over repeats; a pair without one was measured once." + predicted;
    }

    private static Plot Plotted(List<PairAnswer> pairs, Palette palette)
    {
        List<(PairAnswer Answer, int Y)> measured = [.. pairs.Index().Where(p => p.Item.Measured is not null).Select(p => (p.Item, p.Index))];
        List<(PairAnswer Answer, int Y)> predicted = [.. pairs.Index().Where(p => p.Item.Measured is null).Select(p => (p.Item, p.Index))];
        var data = new JsonArray();
        foreach (string workload in pairs.SelectMany(p => new[] { p.Pair.A, p.Pair.B }).Distinct().Order(Model.Runs.WorkloadOrder.Instance))
            data.Add(Plot.Key(workload, "bar", new JsonObject { ["color"] = palette.Color(workload) }));
        if (predicted.Count > 0)
            data.Add(Plot.Key("predicted, never measured", "bar", Hatched(Palette.Neutral)));
        if (measured.Count > 0)
        {
            data.Add(Half(measured, p => p.ScoreA, Solid(measured.Select(p => palette.Color(p.Answer.Pair.A)))));
            data.Add(Half(measured, p => p.ScoreB, Solid(measured.Select(p => palette.Color(p.Answer.Pair.B)))));
        }

        if (predicted.Count > 0)
        {
            data.Add(Half(predicted, p => p.ScoreA, Hatched(Plot.Words(predicted.Select(p => palette.Color(p.Answer.Pair.A))))));
            data.Add(Half(predicted, p => p.ScoreB, Hatched(Plot.Words(predicted.Select(p => palette.Color(p.Answer.Pair.B))))));
        }

        data.Add(Whiskers(
        [
            .. measured.Where(p => p.Answer.Measured!.CombinedSd is not null)
                .Select(p => (p.Answer.Combined, p.Y, p.Answer.Measured!.CombinedSd!.Value, p.Answer.Measured.CombinedSd.Value)),
            .. predicted.Select(p => (p.Answer.Combined, p.Y, p.Answer.Combined - p.Answer.Predicted!.Low, p.Answer.Predicted.High - p.Answer.Combined)),
        ]));
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
            ["textfont"] = new JsonObject { ["size"] = 10.5 },
            ["hovertext"] = Plot.Words(bars.Select(b =>
                $"<b>{Plot.Text(b.Answer.Pair.ToString())}</b><br>{b.Answer.Summary}<br>"
                + $"{Plot.Text(b.Answer.Pair.A)} {Show.Number(b.Answer.ScoreA)}, {Plot.Text(b.Answer.Pair.B)} {Show.Number(b.Answer.ScoreB)}")),
            ["hoverinfo"] = "text",
        };
    }

    private static JsonObject Solid(IEnumerable<string> colors) => new()
    {
        ["color"] = Plot.Words(colors), ["line"] = new JsonObject { ["color"] = "#ffffff", ["width"] = 0.8 },
    };

    /// <summary>Stripes in the colour on no ground: unlike a lighter shade, they tell a prediction from a measurement in print.</summary>
    private static JsonObject Hatched(JsonNode color) => new()
    {
        ["color"] = "rgba(0,0,0,0)",
        ["line"] = new JsonObject { ["color"] = Palette.Neutral, ["width"] = 1 },
        ["pattern"] = new JsonObject { ["shape"] = "/", ["fgcolor"] = color, ["bgcolor"] = "rgba(0,0,0,0)", ["size"] = 6, ["solidity"] = 0.35 },
    };

    /// <summary>Standard deviations and intervals, drawn over the bars: an error bar of a bar would show a stroke where there is none.</summary>
    private static JsonObject Whiskers(IReadOnlyList<(double X, int Y, double Minus, double Plus)> whiskers) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["showlegend"] = false,
        ["x"] = Plot.Numbers(whiskers.Select(w => w.X)),
        ["y"] = Plot.Numbers(whiskers.Select(w => (double)w.Y)),
        ["marker"] = new JsonObject { ["size"] = 1, ["opacity"] = 0 },
        ["error_x"] = new JsonObject
        {
            ["type"] = "data", ["symmetric"] = false,
            ["array"] = Plot.Numbers(whiskers.Select(w => w.Plus)), ["arrayminus"] = Plot.Numbers(whiskers.Select(w => w.Minus)),
            ["color"] = "#5b646d", ["thickness"] = 1.3, ["width"] = 4,
        },
        ["hoverinfo"] = "skip",
    };
}
