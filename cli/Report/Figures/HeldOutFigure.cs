using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Predictions of pairs that the model had not seen, against what was measured, one panel per protocol.</summary>
public sealed class HeldOutFigure : IFigure
{
    /// <summary>Predictions that are drawn at most.</summary>
    private const int MostPredictions = 800;

    /// <inheritdoc/>
    public string Id => "held-out";

    /// <inheritdoc/>
    public string Question => "How close are predictions of pairs that were held out?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<EvaluationPairRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        List<EvaluationPairRow> rows =
        [
            .. tables.EvaluationPairs.Where(e => e.Model == "auto").OrderBy(e => Protocol.Order(e.Protocol)).ThenBy(e => e.Protocol, StringComparer.Ordinal)
                .ThenBy(e => e.HeldOut, WorkloadOrder.Instance).ThenBy(e => WorkloadPair.Of(e.WorkloadA, e.WorkloadB)),
        ];
        if (rows.Count == 0)
            return new Drawing("There is no held-out prediction of the model auto, so predicted and measured cannot be set side by side.");
        List<EvaluationPairRow> drawn = Largest.Of(rows, MostPredictions, e => Math.Abs(e.Predicted - e.Measured), "predictions that are furthest off", out string? omitted);
        return new Drawing(Finding(rows))
        {
            Omitted = omitted,
            Plot = Plotted(drawn, new Palette(tables)),
            Numbers = NumberTable.Of<EvaluationPairRow>(rows,
            [
                new("pair", "Pair", NumberFormat.Text, e => WorkloadPair.Of(e.WorkloadA, e.WorkloadB).ToString()),
                new("protocol", "Protocol", NumberFormat.Text, e => e.Protocol),
                new("held_out", "Held out", NumberFormat.Text, e => e.HeldOut),
                new("measured", "Measured", NumberFormat.Score, e => e.Measured),
                new("predicted", "Predicted", NumberFormat.Score, e => e.Predicted),
                new("low", "from", NumberFormat.Score, e => e.Low),
                new("high", "to", NumberFormat.Score, e => e.High),
                new("error", "Error", NumberFormat.Score, e => e.Predicted - e.Measured),
                new("runs", "Runs", NumberFormat.Count, e => e.Weight),
                new("chosen", "Trainer chosen", NumberFormat.Text, e => e.Chosen),
            ]),
        };
    }

    private static string Finding(List<EvaluationPairRow> rows)
    {
        List<EvaluationPairRow> main = [.. rows.Where(e => e.Protocol == rows[0].Protocol)];
        List<EvaluationPairRow> stated = [.. main.Where(e => e.Low is not null && e.High is not null)];
        EvaluationPairRow worst = main.MaxBy(e => Math.Abs(e.Predicted - e.Measured))!;
        string coverage = stated.Count == 0
            ? "no interval was stated"
            : $"{stated.Count(e => e.Measured >= e.Low && e.Measured <= e.High)} of {stated.Count} intervals hold the measured score";
        return $"With {Protocol.HeldOut(main[0].Protocol)} held out (model auto), {coverage}; the largest error is that of "
            + $"{WorkloadPair.Of(worst.WorkloadA, worst.WorkloadB)}, {Show.Number(worst.Predicted)} predicted and {Show.Number(worst.Measured)} measured. "
            + "On the diagonal a prediction is right; colour and symbol name the first workload of the pair, "
            + "and a pair appears once for every fold that held it out.";
    }

    private static Plot Plotted(List<EvaluationPairRow> rows, Palette palette)
    {
        List<IGrouping<string, EvaluationPairRow>> protocols = [.. rows.GroupBy(e => e.Protocol)];
        IEnumerable<double> values = rows.SelectMany(e => new[] { e.Measured, e.Predicted, e.Low, e.High }).OfType<double>();
        double pad = 0.04 * Math.Max(0.1, values.Max() - values.Min());
        double from = Math.Max(0, values.Min() - pad), to = values.Max() + pad;
        var data = new JsonArray();
        var shapes = new JsonArray();
        var annotations = new JsonArray();
        var layout = new JsonObject { ["shapes"] = shapes, ["annotations"] = annotations, ["margin"] = new JsonObject { ["t"] = 76 } };
        var named = new HashSet<string>();
        double width = (1 - (0.1 * (protocols.Count - 1))) / protocols.Count;
        foreach ((int i, IGrouping<string, EvaluationPairRow> protocol) in protocols.Index())
        {
            string axis = i == 0 ? "" : $"{i + 1}";
            JsonObject x = Side("measured combined score"), y = Side("predicted");
            x["domain"] = new JsonArray(i * (width + 0.1), (i * (width + 0.1)) + width);
            x["anchor"] = "y" + axis;
            y["anchor"] = "x" + axis;
            y["scaleanchor"] = "x" + axis;
            y["constrain"] = "domain";
            layout["xaxis" + axis] = x;
            layout["yaxis" + axis] = y;
            shapes.Add(Plot.Line(from, from, to, to, "x" + axis, "y" + axis));
            annotations.Add(Plot.Note($"<b>{Plot.Text(Protocol.HeldOut(protocol.Key))} held out</b>", 0, 1.02, $"x{axis} domain", $"y{axis} domain"));
            foreach (var workload in protocol.GroupBy(e => WorkloadPair.Of(e.WorkloadA, e.WorkloadB).A).OrderBy(g => g.Key, WorkloadOrder.Instance))
                data.Add(Dots(workload.Key, [.. workload], axis, palette, showLegend: named.Add(workload.Key)));
        }

        return new Plot(data, layout) { HeightPx = 470, MinWidthPx = Math.Max(560, 380 * protocols.Count) };

        JsonObject Side(string title)
        {
            JsonObject axis = Plot.Axis(title);
            axis["range"] = new JsonArray(from, to);
            axis["constrain"] = "domain";
            return axis;
        }
    }

    private static JsonObject Dots(string workload, List<EvaluationPairRow> rows, string axis, Palette palette, bool showLegend) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["xaxis"] = "x" + axis,
        ["yaxis"] = "y" + axis,
        ["name"] = Plot.Text(workload),
        ["legendgroup"] = Plot.Text(workload),
        ["showlegend"] = showLegend,
        ["x"] = Plot.Numbers(rows.Select(e => e.Measured)),
        ["y"] = Plot.Numbers(rows.Select(e => e.Predicted)),
        ["error_y"] = new JsonObject
        {
            ["type"] = "data", ["symmetric"] = false, ["color"] = "rgba(133,139,145,0.6)", ["thickness"] = 1, ["width"] = 0,
            ["array"] = Plot.Numbers(rows.Select(e => (e.High - e.Predicted) ?? 0)),
            ["arrayminus"] = Plot.Numbers(rows.Select(e => (e.Predicted - e.Low) ?? 0)),
        },
        ["marker"] = new JsonObject { ["color"] = palette.Color(workload), ["symbol"] = palette.Symbol(workload), ["size"] = 8 },
        ["hovertext"] = Plot.Words(rows.Select(e =>
            $"<b>{Plot.Text(WorkloadPair.Of(e.WorkloadA, e.WorkloadB).ToString())}</b>, held out: {Plot.Text(e.HeldOut)}<br>"
            + $"measured {Show.Number(e.Measured)}, predicted {Show.Number(e.Predicted)} ({Show.Number(e.Low)} to {Show.Number(e.High)})")),
        ["hoverinfo"] = "text",
    };
}
