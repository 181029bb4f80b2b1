using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>
/// Every pair as a cell of small matrices: measured, simulated and predicted on one scale centred on 1, and simulated minus measured on one
/// centred on 0. Without any simulation measured and predicted stand alone.
/// </summary>
public sealed class PairMatrixFigure : IFigure
{
    /// <summary>Beyond this many workloads a number no longer fits its cell.</summary>
    private const int MostLabelled = 14;

    /// <summary>Workloads that are drawn at most: beyond, a cell is too small to point at.</summary>
    private const int MostWorkloads = 30;

    /// <summary>Distance between two panels, as a fraction of the figure.</summary>
    private const double Gap = 0.1;

    // Of colorbrewer2.org: diverging, safe for colour-blind eyes and in print.
    private static readonly string[] s_puOr = ["#b35806", "#f1a340", "#fee0b6", "#f7f7f7", "#d8daeb", "#998ec3", "#542788"];
    private static readonly string[] s_brBg = ["#8c510a", "#d8b365", "#f6e8c3", "#f5f5f5", "#c7eae5", "#5ab4ac", "#01665e"];

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
            return new Drawing("No pair was measured, simulated or predicted, so every cell would be blank.");
        List<string> workloads = [.. pairs.SelectMany(p => new[] { p.Pair.A, p.Pair.B }).Distinct().Order(WorkloadOrder.Instance)];
        ILookup<string, PairAnswer> measured = pairs.Where(p => p.Measured is not null).SelectMany(p => new[] { (p.Pair.A, p), (p.Pair.B, p) }).ToLookup(p => p.Item1, p => p.Item2);
        List<string> drawn = Largest.Of(workloads, MostWorkloads, w => measured[w].Count(), "workloads measured beside most others", out string? omitted);
        return new Drawing(Finding(pairs, workloads.Count))
        {
            Omitted = omitted,
            Plot = Plotted(pairs, drawn),
            Numbers = NumberTable.Of<PairAnswer>(pairs,
            [
                new("workload_a", "First", NumberFormat.Text, p => p.Pair.A),
                new("workload_b", "Second", NumberFormat.Text, p => p.Pair.B),
                new("measured_combined", "Measured", NumberFormat.Score, p => p.Measured?.CombinedMean),
                new("simulated_combined", "Simulated", NumberFormat.Score, p => p.Simulated?.Combined),
                new("simulated_low", "from", NumberFormat.Score, p => p.Simulated?.Low),
                new("simulated_high", "to", NumberFormat.Score, p => p.Simulated?.High),
                new("simulated_kind", "like its runs, or as a pair", NumberFormat.Text, p => p.Simulated?.Kind),
                new("simulated_difference", "Simulated \u2212 measured", NumberFormat.Score, p => p.Difference),
                new("predicted_combined", "Predicted", NumberFormat.Score, p => p.Predicted?.Combined),
                new("predicted_low", "from", NumberFormat.Score, p => p.Predicted?.Low),
                new("predicted_high", "to", NumberFormat.Score, p => p.Predicted?.High),
                new("level", "Level", NumberFormat.Percent, p => p.Predicted?.Level),
                new("difference", "Predicted \u2212 measured", NumberFormat.Score, p => p.Predicted?.Combined - p.Measured?.CombinedMean),
                new("trainer", "Trainer", NumberFormat.Text, p => p.Predicted?.Trainer),
            ]),
        };
    }

    private static string Finding(IReadOnlyList<PairAnswer> pairs, int workloads)
    {
        int possible = workloads * (workloads + 1) / 2, simulated = pairs.Count(p => p.Simulated is not null);
        List<PairAnswer> both = [.. pairs.Where(p => p.Difference is not null)];
        string differences = both.Count == 0 ? "" : $" Simulated minus measured lies between {Show.Difference(both.Min(p => p.Difference!.Value))} and "
            + $"{Show.Difference(both.Max(p => p.Difference!.Value))} over {Show.Count(both.Count, "pair")}: green is simulated too high, brown too low.";
        return $"{pairs.Count(p => p.Measured is not null)} of {Show.Count(possible, "possible pair")} of {Show.Count(workloads, "workload")} "
            + $"{(possible == 1 ? "was" : "were")} measured; {(simulated == 0 ? "none was" : Show.Count(simulated, "was", "were"))} simulated; "
            + $"{Show.Count(pairs.Count(p => p.Predicted is not null), "has", "have")} a prediction (bold where the pair was never measured). "
            + "Hatched cells are unknown. Purple is better than taking turns, orange worse." + differences;
    }

    private static Plot Plotted(IReadOnlyList<PairAnswer> pairs, List<string> workloads)
    {
        // A panel without a single value would only repeat what the finding says.
        List<PairPanel> panels =
        [
            .. new PairPanel[]
            {
                new("measured", false, p => p.Measured?.CombinedMean, p => p.Measured is null ? "never measured" : p.Summary),
                new("simulated", false, p => p.Simulated?.Combined, p => p.Simulated?.Summary ?? "not simulated"),
                new("predicted", false, p => p.Predicted?.Combined, p => p.PredictionSummary ?? "no prediction"),
                new("simulated \u2212 measured", true, p => p.Difference, Compared),
            }.Where(panel => pairs.Any(p => panel.Value(p) is not null)),
        ];
        int rows = (panels.Count + 1) / 2;
        Dictionary<WorkloadPair, PairAnswer> byPair = pairs.ToDictionary(p => p.Pair);
        JsonArray data = [], shapes = [], annotations = [];
        var layout = new JsonObject
        {
            ["shapes"] = shapes,
            ["annotations"] = annotations,
            ["coloraxis"] = ColorAxis(panels[0], "combined<br>score", 1, rows == 1 ? 0.5 : 0.76, 1.0 / rows),
        };
        if (panels[^1].IsDifference)
            layout["coloraxis2"] = ColorAxis(panels[^1], "difference", 0, 0.24, 1.0 / rows);
        foreach ((int i, PairPanel panel) in panels.Index())
        {
            string axis = i == 0 ? "" : $"{i + 1}";
            data.Add(Cells(panel, axis, workloads, byPair, out string hatch));
            if (hatch.Length > 0)
                shapes.Add(HatchShape(hatch, axis));
            layout["xaxis" + axis] = Side(i % 2, 2, axis, new JsonArray(-0.5, workloads.Count - 0.5));
            layout["yaxis" + axis] = Side(rows - 1 - (i / 2), rows, axis, new JsonArray(workloads.Count - 0.5, -0.5), isDown: true);
            annotations.Add(Plot.Note($"<b>{panel.Title}</b>", 0, 1.02, $"x{axis} domain", $"y{axis} domain"));
        }

        return new Plot(data, layout) { HeightPx = 40 + (400 * rows), MinWidthPx = 760 };

        JsonObject ColorAxis(PairPanel some, string title, double middle, double y, double length)
        {
            IEnumerable<double> values = pairs.SelectMany(p => panels.Where(q => q.IsDifference == some.IsDifference).Select(q => q.Value(p))).OfType<double>();
            double reach = values.Append(middle + 0.05).Max(v => Math.Abs(v - middle));
            string[] colors = some.IsDifference ? s_brBg : s_puOr;
            return new JsonObject
            {
                ["colorscale"] = new JsonArray([.. new[] { 0, 0.2, 0.4, 0.5, 0.6, 0.8, 1 }.Zip(colors, (place, color) => (JsonNode)new JsonArray(place, color))]),
                ["cmin"] = middle - reach,
                ["cmax"] = middle + reach,
                ["colorbar"] = new JsonObject
                {
                    ["title"] = new JsonObject { ["text"] = title }, ["thickness"] = 12, ["outlinewidth"] = 0, ["y"] = y, ["len"] = length,
                },
            };
        }

        JsonObject Side(int place, int places, string axis, JsonArray range, bool isDown = false)
        {
            JsonObject side = Plot.NamedAxis(workloads);
            double size = (1 - (Gap * (places - 1))) / places;
            side["range"] = range;
            side["domain"] = new JsonArray(place * (size + Gap), (place * (size + Gap)) + size);
            side["constrain"] = "domain";
            side["anchor"] = (isDown ? "x" : "y") + axis;
            side["showline"] = false;
            side["ticks"] = "";
            if (isDown)
                side["scaleanchor"] = "x" + axis;
            return side;
        }
    }

    private static string Compared(PairAnswer p) =>
        p.Difference is null ? "not both measured and simulated" : $"{p.Simulated!.Summary}<br>{p.Summary}<br>difference {Show.Difference(p.Difference.Value)}";

    private static JsonObject Cells(
        PairPanel panel, string axis, List<string> workloads, Dictionary<WorkloadPair, PairAnswer> byPair, out string hatch)
    {
        var strokes = new StringBuilder();
        JsonArray z = [], text = [], hover = [];
        foreach ((int row, string a) in workloads.Index())
        {
            JsonArray zRow = [], textRow = [], hoverRow = [];
            foreach ((int column, string b) in workloads.Index())
            {
                WorkloadPair pair = WorkloadPair.Of(a, b);
                PairAnswer? answer = byPair.GetValueOrDefault(pair);
                double? value = answer is null ? null : panel.Value(answer);
                if (value is null)
                    Hatch(strokes, column, row);
                string shown = value is null || workloads.Count > MostLabelled ? "" : panel.IsDifference ? Show.Difference(value.Value) : Show.Number(value);
                zRow.Add((JsonNode?)value);
                textRow.Add((JsonNode)(answer is { Measured: null } && shown.Length > 0 ? $"<b>{shown}</b>" : shown));
                hoverRow.Add((JsonNode)$"{Plot.Text(pair.ToString())}<br>{(answer is null ? "nothing is known" : panel.Summary(answer))}");
            }

            z.Add(zRow);
            text.Add(textRow);
            hover.Add(hoverRow);
        }

        hatch = strokes.ToString();
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
            ["coloraxis"] = panel.IsDifference ? "coloraxis2" : "coloraxis",
        };
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

    private sealed record PairPanel(string Title, bool IsDifference, Func<PairAnswer, double?> Value, Func<PairAnswer, string> Summary);
}
