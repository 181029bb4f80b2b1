using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>How far each calibrated value is off, in tolerances: one row per observable, fitted ones apart from those that are only shown.</summary>
public sealed class CalibrationResidualFigure : IFigure
{
    /// <summary>Root mean square residual, in tolerances, up to which a fit is good: a typical value is off by what counts as one deviation.</summary>
    private const double GoodRms = 1;

    /// <summary>Residual, in tolerances, beyond which one value alone speaks against a fit, and as root mean square against all of it.</summary>
    private const double Outlying = 3;

    /// <summary>Values that are drawn at most.</summary>
    private const int MostValues = 800;

    /// <inheritdoc/>
    public string Id => "calibration-residuals";

    /// <inheritdoc/>
    public string Question => "Does the simulator reproduce the runs it was calibrated to?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<CalibrationResidualRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        List<CalibrationResidualRow> rows =
        [
            .. tables.CalibrationResiduals.OrderByDescending(r => r.Fitted).ThenBy(r => r.Observable, StringComparer.Ordinal)
                .ThenBy(r => r.Domain, WorkloadOrder.Instance).ThenBy(r => r.Workload, WorkloadOrder.Instance).ThenBy(r => r.Run, WorkloadOrder.Instance),
        ];
        if (rows.Count == 0)
            return new Drawing("No calibration is in the lake, so nothing is known of how the simulator fits its own runs.");
        List<CalibrationResidualRow> fitted = [.. rows.Where(r => r.Fitted)], shown = [.. rows.Where(r => !r.Fitted)];
        string finding = (fitted.Count == 0 ? "No value was fitted." : Finding(fitted, "fitted value"))
            + (shown.Count == 0 ? "" : " " + Finding(shown, "value that is only shown", "values that are only shown"))
            + " A residual is (simulated \u2212 measured) / tolerance; dotted lines mark one tolerance.";
        List<CalibrationResidualRow> drawn = Largest.Of(rows, MostValues, r => Math.Abs(r.Residual), "values that are furthest off", out string? omitted);
        return new Drawing(finding)
        {
            Verdict = fitted.Count == 0 ? null : Judge(fitted),
            Omitted = omitted,
            Plot = Plotted([[.. drawn.Where(r => r.Fitted)], [.. drawn.Where(r => !r.Fitted)]], new Palette(tables)),
            Numbers = NumberTable.Of<CalibrationResidualRow>(rows,
            [
                new("run", "Run", NumberFormat.Text, r => r.Run),
                new("campaign", "Campaign", NumberFormat.Text, r => r.Campaign),
                new("workload", "Workload", NumberFormat.Text, r => r.Workload),
                new("domain", "Domain", NumberFormat.Text, r => r.Domain),
                new("observable", "Observable", NumberFormat.Text, r => r.Observable),
                new("fitted", "Fitted", NumberFormat.Flag, r => r.Fitted),
                new("measured", "Measured", NumberFormat.Value, r => r.Measured),
                new("simulated", "Simulated", NumberFormat.Value, r => r.Simulated),
                new("tolerance", "Tolerance", NumberFormat.Value, r => r.Tolerance),
                new("residual", "Residual, tolerances", NumberFormat.Rate, r => r.Residual),
            ], r => Math.Abs(r.Residual) > 1),
        };
    }

    private static Verdict Judge(List<CalibrationResidualRow> fitted) => Rms(fitted) switch
    {
        > Outlying => Verdict.No,
        > GoodRms => Verdict.WithCare,
        _ => fitted.All(r => Math.Abs(r.Residual) <= Outlying) ? Verdict.Yes : Verdict.WithCare,
    };

    private static double Rms(List<CalibrationResidualRow> rows) => Math.Sqrt(rows.Average(r => r.Residual * r.Residual));

    private static string Finding(List<CalibrationResidualRow> rows, string noun, string? plural = null)
    {
        int close = rows.Count(r => Math.Abs(r.Residual) <= 1);
        CalibrationResidualRow worst = rows.MaxBy(r => Math.Abs(r.Residual))!;
        return $"{close} of {Show.Count(rows.Count, noun, plural)} {(close == 1 ? "lies" : "lie")} within one tolerance; the root mean square residual is "
            + $"{Show.Number(Rms(rows))}. Furthest off: {worst.Observable} of {worst.Domain} in {worst.Run}, {Show.Value(worst.Simulated)} simulated and "
            + $"{Show.Value(worst.Measured)} measured, {Show.Number(worst.Residual)} tolerances.";
    }

    private static Plot Plotted(IReadOnlyList<List<CalibrationResidualRow>> groups, Palette palette)
    {
        List<(string Title, List<CalibrationResidualRow> Rows, List<string> Names)> panels =
        [
            .. new[] { "fitted", "only shown" }.Zip(groups, (title, rows) => (title, rows, Names: rows.Select(Name).Distinct().ToList())).Where(p => p.rows.Count > 0),
        ];
        const double Gap = 1.6;
        double lines = panels.Sum(p => p.Names.Count) + (Gap * (panels.Count - 1)), top = 1;
        JsonArray data = [], annotations = [], shapes = [];
        JsonObject x = Plot.Axis("residual, tolerances");
        x["zeroline"] = false;
        x["anchor"] = panels.Count == 1 ? "y" : "y2";
        var layout = new JsonObject { ["xaxis"] = x, ["annotations"] = annotations, ["shapes"] = shapes, ["margin"] = new JsonObject { ["t"] = 76 } };
        List<string> workloads = [.. panels.SelectMany(p => p.Rows).Select(r => r.Workload).Distinct().Order(WorkloadOrder.Instance)];
        var named = new HashSet<string>();
        foreach ((int i, (string title, List<CalibrationResidualRow> rows, List<string> names)) in panels.Index())
        {
            string axis = i == 0 ? "" : $"{i + 1}";
            JsonObject y = Plot.NamedAxis(names);
            double height = names.Count / lines;
            y["range"] = new JsonArray(names.Count - 0.4, -0.6);
            y["domain"] = new JsonArray(Math.Max(0, top - height), top);
            y["showgrid"] = true;
            layout["yaxis" + axis] = y;
            top -= height + (Gap / lines);
            annotations.Add(Plot.Note($"<b>{title}</b>", 0, 1, "x domain", $"y{axis} domain"));
            foreach ((double at, string dash) in (ReadOnlySpan<(double, string)>)[(0, "solid"), (-1, "dot"), (1, "dot")])
                shapes.Add(Plot.Line(at, 0, at, 1, "x", $"y{axis} domain", dash));
            foreach (IGrouping<string, CalibrationResidualRow> own in rows.GroupBy(r => r.Workload).OrderBy(g => g.Key, WorkloadOrder.Instance))
                data.Add(Dots(own, axis, palette, r => names.IndexOf(Name(r)) + Shift(workloads.IndexOf(own.Key), workloads.Count), named.Add(own.Key)));
        }

        return new Plot(data, layout) { HeightPx = 150 + (int)(26 * lines), MinWidthPx = 720 };
    }

    private static string Name(CalibrationResidualRow row) => $"{row.Observable}, {row.Domain}";

    /// <summary>Spreads the workloads over their row, so that dots of equal residuals stay apart: -0.3..0.3.</summary>
    private static double Shift(int place, int places) => places == 1 ? 0 : (0.6 * place / (places - 1)) - 0.3;

    private static JsonObject Dots(
        IGrouping<string, CalibrationResidualRow> rows, string axis, Palette palette, Func<CalibrationResidualRow, double> y, bool showLegend) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["yaxis"] = "y" + axis,
        ["name"] = Plot.Text(rows.Key),
        ["showlegend"] = showLegend,
        ["x"] = Plot.Numbers(rows.Select(r => r.Residual)),
        ["y"] = Plot.Numbers(rows.Select(y)),
        ["marker"] = new JsonObject { ["color"] = palette.Color(rows.Key), ["symbol"] = palette.Symbol(rows.Key), ["size"] = 7, ["opacity"] = 0.8 },
        ["hovertext"] = Plot.Words(rows.Select(r =>
            $"{Plot.Text(r.Run)}, {Plot.Text(r.Domain)}<br>{Plot.Text(r.Observable)}: {Show.Value(r.Measured)} measured, {Show.Value(r.Simulated)} simulated<br>"
            + $"{Show.Number(r.Residual)} tolerances of {Show.Value(r.Tolerance)}")),
        ["hoverinfo"] = "text",
    };
}
