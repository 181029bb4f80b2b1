using System.Text.Json.Nodes;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Errors of every trainer and baseline on held-out pairs, one block per protocol.</summary>
public sealed class EvaluationFigure : IFigure
{
    /// <inheritdoc/>
    public string Id => "evaluation";

    /// <inheritdoc/>
    public string Question => "Does the predictor beat simple rules?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<EvaluationRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        if (tables.Evaluations.Count == 0)
            return new Drawing("No predictor was evaluated, so nothing is known of its errors.");
        List<EvaluationRow> rows =
        [
            .. tables.Evaluations.OrderBy(e => Protocol.Order(e.Protocol)).ThenBy(e => e.Protocol, StringComparer.Ordinal)
                .ThenBy(e => e.Model == "auto" ? 0 : e.ModelKind == "trainer" ? 1 : 2).ThenBy(e => e.Mae).ThenBy(e => e.Model, StringComparer.Ordinal),
        ];
        return Judge(rows) with
        {
            Plot = Plotted(rows),
            Numbers = NumberTable.Of<EvaluationRow>(rows,
            [
                new("protocol", "Held out", NumberFormat.Text, e => e.Protocol),
                new("model", "Model", NumberFormat.Text, e => e.Model),
                new("kind", "Kind", NumberFormat.Text, e => e.ModelKind),
                new("n", "n", NumberFormat.Count, e => e.N),
                new("mae", "MAE", NumberFormat.Score, e => e.Mae),
                new("mape_fraction", "MAPE", NumberFormat.Percent, e => e.Mape),
                new("rmse", "RMSE", NumberFormat.Score, e => e.Rmse),
                new("spearman", "Spearman", NumberFormat.Rate, e => e.Spearman),
                new("regret_mean", "Regret", NumberFormat.Score, e => e.RegretMean),
                new("coverage_fraction", "Coverage", NumberFormat.Percent, e => e.Coverage),
                new("level_fraction", "of nominal", NumberFormat.Percent, e => e.Level),
                new("width", "Width", NumberFormat.Score, e => e.Width),
            ], e => e.Model == "auto"),
        };
    }

    private static Drawing Judge(List<EvaluationRow> rows)
    {
        var duels = rows.GroupBy(e => e.Protocol)
            .Select(g => (Protocol: g.Key, Auto: g.FirstOrDefault(e => e.Model == "auto"), Rival: g.Where(e => e.ModelKind == "baseline").MinBy(e => e.Mae)))
            .Where(d => d.Auto is not null && d.Rival is not null).ToList();
        if (duels.Count == 0)
            return new Drawing("There is no row 'auto' beside a baseline, so the question stays open; single models are listed below.");
        int won = duels.Count(d => d.Auto!.Mae < d.Rival!.Mae);
        IEnumerable<string> sentences = duels.Select(d =>
            $"with {Protocol.HeldOut(d.Protocol)} held out, auto errs by {Show.Fine(d.Auto!.Mae)} on average "
            + $"and the best baseline ({d.Rival!.Model}) by {Show.Fine(d.Rival.Mae)}");
        string finding = string.Join("; ", sentences);
        return new Drawing($"{char.ToUpperInvariant(finding[0])}{finding[1..]}. "
            + "The highlighted row, auto, is what training chooses without seeing the held-out pairs: it alone counts. Errors are of the combined score."
            + (rows.Select(r => r.RepeatSpread).FirstOrDefault(s => s is not null) is double spread ? $" A single run lies {Show.Fine(spread)} from the mean of its pair's repeats (standard deviation)." : ""))
        {
            Verdict = won == duels.Count ? Verdict.Yes : won > 0 ? Verdict.WithCare : Verdict.No,
        };
    }

    /// <summary>One panel per protocol over the same models, least error of the main protocol first; each panel has the scale of its own errors.</summary>
    private static Plot Plotted(List<EvaluationRow> rows)
    {
        string[] models = [.. rows.GroupBy(r => r.Model).OrderBy(g => Protocol.Order(g.First().Protocol)).ThenBy(g => g.First().Mae).Select(g => g.Key)];
        string[] protocols = [.. rows.Select(r => r.Protocol).Distinct()];
        JsonObject y = Plot.NamedAxis(models);
        y["range"] = new JsonArray(models.Length - 0.4, -0.6);
        y["showgrid"] = true;
        var layout = new JsonObject
        {
            ["grid"] = new JsonObject { ["rows"] = 1, ["columns"] = protocols.Length, ["subplots"] = new JsonArray(new JsonArray([.. protocols.Select((_, i) => (JsonNode)$"{Axis(i)}y")])), ["xgap"] = 0.12 },
            ["yaxis"] = y,
        };
        JsonArray data = [], headings = [];
        foreach ((int i, string protocol) in protocols.Index())
        {
            JsonObject x = Plot.Axis("mean absolute error");
            x["rangemode"] = "tozero";
            x["nticks"] = 5;
            layout["xaxis" + Axis(i)[1..]] = x;
            headings.Add(Plot.Note($"{Plot.Text(Protocol.HeldOut(protocol))} held out", 0, 1, Axis(i) + " domain", "y domain"));
            foreach ((string name, string color, string symbol, Func<EvaluationRow, bool> belongs) in Kinds)
            {
                List<EvaluationRow> own = [.. rows.Where(r => r.Protocol == protocol && belongs(r))];
                if (own.Count > 0)
                    data.Add(Marks(own, models, name, color, symbol, Axis(i), isFirst: i == 0));
            }
        }

        layout["annotations"] = headings;
        layout["margin"] = new JsonObject { ["t"] = 64 };
        return new Plot(data, layout) { HeightPx = 140 + (22 * models.Length), MinWidthPx = 720 };
    }

    private static IReadOnlyList<(string Name, string Color, string Symbol, Func<EvaluationRow, bool> Belongs)> Kinds { get; } =
    [
        ("auto", Palette.Predicted.Color, Palette.Predicted.Symbol, e => e.Model == "auto"),
        ("trainers", Palette.Predicted.Color, Palette.Predicted.Symbol + "-open", e => e.Model != "auto" && e.ModelKind == "trainer"),
        ("baselines", Palette.Neutral, "circle", e => e.ModelKind == "baseline"),
    ];

    private static string Axis(int panel) => panel == 0 ? "x" : $"x{panel + 1}";

    private static JsonObject Marks(List<EvaluationRow> rows, string[] models, string name, string color, string symbol, string axis, bool isFirst) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = name,
        ["legendgroup"] = name,
        ["showlegend"] = isFirst,
        ["xaxis"] = axis,
        ["yaxis"] = "y",
        ["x"] = Plot.Numbers(rows.Select(r => r.Mae)),
        ["y"] = Plot.Numbers(rows.Select(r => (double)Array.IndexOf(models, r.Model))),
        ["marker"] = new JsonObject { ["color"] = color, ["symbol"] = symbol, ["size"] = 9 },
        ["hovertext"] = Plot.Words(rows.Select(r => $"<b>{Plot.Text(r.Model)}</b>, {Plot.Text(Protocol.HeldOut(r.Protocol))} held out<br>mean absolute error {Show.Fine(r.Mae)}, {Show.Percent(r.Mape)} of the score<br>{Show.Count(r.N, "prediction")}")),
        ["hoverinfo"] = "text",
    };
}
