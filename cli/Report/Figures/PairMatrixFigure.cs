using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Every pair as a cell: measured on the left, predicted on the right, one scale centred on 1.</summary>
public sealed class PairMatrixFigure : IFigure
{
    /// <summary>Beyond this many workloads a number no longer fits its cell.</summary>
    private const int MostLabelled = 14;

    /// <inheritdoc/>
    public string Id => "pair-matrix";

    /// <inheritdoc/>
    public string Question => "What is known of each pair, and from where?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads => PairAnswer.Reads;

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        IReadOnlyList<PairAnswer> pairs = PairAnswer.All(tables);
        if (pairs.Count == 0)
            return new Drawing("No pair was measured or predicted, so every cell would be blank.");
        List<string> workloads = [.. pairs.SelectMany(p => new[] { p.Pair.A, p.Pair.B }).Distinct().Order(WorkloadOrder.Instance)];
        int possible = workloads.Count * (workloads.Count + 1) / 2;
        int measured = pairs.Count(p => p.Measured is not null);
        string finding = $"{measured} of {Show.Count(possible, "possible pair")} of {Show.Count(workloads.Count, "workload")} {(possible == 1 ? "was" : "were")} measured; "
            + $"{Show.Count(pairs.Count(p => p.Predicted is not null), "has", "have")} a prediction (bold where there is nothing but the prediction). "
            + "Hatched cells are unknown. Purple is better than taking turns, orange worse.";
        return new Drawing(finding)
        {
            Plot = Plotted(pairs, workloads),
            Numbers = NumberTable.Of<PairAnswer>(pairs,
            [
                new("workload_a", "First", NumberFormat.Text, p => p.Pair.A),
                new("workload_b", "Second", NumberFormat.Text, p => p.Pair.B),
                new("measured_combined", "Measured", NumberFormat.Score, p => p.Measured?.CombinedMean),
                new("predicted_combined", "Predicted", NumberFormat.Score, p => p.Predicted?.Combined),
                new("predicted_low", "from", NumberFormat.Score, p => p.Predicted?.Low),
                new("predicted_high", "to", NumberFormat.Score, p => p.Predicted?.High),
                new("level", "Level", NumberFormat.Percent, p => p.Predicted?.Level),
                new("difference", "Predicted \u2212 measured", NumberFormat.Score, p => p.Predicted?.Combined - p.Measured?.CombinedMean),
                new("trainer", "Trainer", NumberFormat.Text, p => p.Predicted?.Trainer),
            ]),
        };
    }

    private static Plot Plotted(IReadOnlyList<PairAnswer> pairs, List<string> workloads)
    {
        IEnumerable<double> values = pairs.SelectMany(p => new[] { p.Measured?.CombinedMean, p.Predicted?.Combined }).OfType<double>();
        double reach = Math.Max(0.05, values.Max(v => Math.Abs(v - 1)));
        Dictionary<WorkloadPair, PairAnswer> byPair = pairs.ToDictionary(p => p.Pair);
        var shapes = new JsonArray();
        var data = new JsonArray(
            Panel("", p => p.Measured?.CombinedMean, _ => false, p => p.Measured is null ? "never measured" : p.Summary),
            Panel("2", p => p.Predicted?.Combined, p => p.Measured is null, p => p.PredictionSummary ?? "no prediction"));
        var layout = new JsonObject
        {
            ["xaxis"] = Side(0, 0.46),
            ["xaxis2"] = Side(0.54, 1),
            ["yaxis"] = Down("x"),
            ["yaxis2"] = Down("x2"),
            ["shapes"] = shapes,
            ["annotations"] = new JsonArray(
                Plot.Note("<b>measured</b>", 0, 1.02, "x domain", "y domain"), Plot.Note("<b>predicted</b>", 0, 1.02, "x2 domain", "y2 domain")),
            ["coloraxis"] = new JsonObject
            {
                // PuOr of colorbrewer2.org: diverging, safe for colour-blind eyes and in print.
                ["colorscale"] = new JsonArray(
                    new JsonArray(0, "#b35806"), new JsonArray(0.2, "#f1a340"), new JsonArray(0.4, "#fee0b6"), new JsonArray(0.5, "#f7f7f7"),
                    new JsonArray(0.6, "#d8daeb"), new JsonArray(0.8, "#998ec3"), new JsonArray(1, "#542788")),
                ["cmin"] = 1 - reach,
                ["cmax"] = 1 + reach,
                ["colorbar"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "combined<br>score" }, ["thickness"] = 12, ["outlinewidth"] = 0 },
            },
        };
        return new Plot(data, layout) { HeightPx = 440, MinWidthPx = 760 };

        JsonObject Panel(string axis, Func<PairAnswer, double?> score, Func<PairAnswer, bool> isBold, Func<PairAnswer, string> summary)
        {
            var hatch = new StringBuilder();
            JsonArray z = [], text = [], hover = [];
            foreach ((int row, string a) in workloads.Index())
            {
                JsonArray zRow = [], textRow = [], hoverRow = [];
                foreach ((int column, string b) in workloads.Index())
                {
                    WorkloadPair pair = WorkloadPair.Of(a, b);
                    PairAnswer? answer = byPair.GetValueOrDefault(pair);
                    double? value = answer is null ? null : score(answer);
                    if (value is null)
                        Hatch(hatch, column, row);
                    string shown = value is null || workloads.Count > MostLabelled ? "" : Show.Number(value);
                    zRow.Add((JsonNode?)value);
                    textRow.Add((JsonNode)(answer is not null && isBold(answer) && shown.Length > 0 ? $"<b>{shown}</b>" : shown));
                    hoverRow.Add((JsonNode)$"{Plot.Text(pair.ToString())}<br>{(answer is null ? "neither measured nor predicted" : summary(answer))}");
                }

                z.Add(zRow);
                text.Add(textRow);
                hover.Add(hoverRow);
            }

            if (hatch.Length > 0)
                shapes.Add(HatchShape(hatch.ToString(), axis));
            return new JsonObject
            {
                ["type"] = "heatmap",
                ["xaxis"] = "x" + axis,
                ["yaxis"] = "y" + axis,
                ["z"] = z,
                ["text"] = text,
                ["texttemplate"] = "%{text}",
                ["textfont"] = new JsonObject { ["size"] = workloads.Count > 9 ? 9.5 : 12 },
                ["hovertext"] = hover,
                ["hoverinfo"] = "text",
                ["hoverongaps"] = true,
                ["xgap"] = 2,
                ["ygap"] = 2,
                ["coloraxis"] = "coloraxis",
            };
        }

        JsonObject Side(double from, double to)
        {
            JsonObject axis = Plot.NamedAxis(workloads);
            axis["range"] = new JsonArray(-0.5, workloads.Count - 0.5);
            axis["domain"] = new JsonArray(from, to);
            axis["constrain"] = "domain";
            axis["showline"] = false;
            axis["ticks"] = "";
            return axis;
        }

        JsonObject Down(string x)
        {
            JsonObject axis = Plot.NamedAxis(workloads);
            axis["range"] = new JsonArray(workloads.Count - 0.5, -0.5);
            axis["scaleanchor"] = x;
            axis["constrain"] = "domain";
            axis["anchor"] = x;
            return axis;
        }
    }

    /// <summary>Adds diagonal strokes across the cell around (x, y) to an SVG path.</summary>
    private static void Hatch(StringBuilder path, int x, int y)
    {
        const double Margin = 0.46;
        foreach (double offset in (ReadOnlySpan<double>)[-0.6, -0.3, 0, 0.3, 0.6])
        {
            double from = Math.Max(-Margin, -Margin + offset), to = Math.Min(Margin, Margin + offset);
            path.Append(CultureInfo.InvariantCulture, $"M{x + from:0.##},{y - from + offset:0.##}L{x + to:0.##},{y - to + offset:0.##}");
        }
    }

    private static JsonObject HatchShape(string path, string axis) => new()
    {
        ["type"] = "path",
        ["path"] = path,
        ["layer"] = "below",
        ["xref"] = "x" + axis,
        ["yref"] = "y" + axis,
        ["line"] = new JsonObject { ["color"] = "rgba(128,128,128,0.5)", ["width"] = 1 },
    };
}
