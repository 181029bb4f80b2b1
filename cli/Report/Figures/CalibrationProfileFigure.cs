using System.Text.Json.Nodes;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>How well the runs can still be explained when one parameter is held elsewhere.</summary>
public sealed class CalibrationProfileFigure : IFigure
{
    /// <summary>Rise of the loss by which 95 % of a parameter's range ends: the quantile of chi-squared with one degree of freedom.</summary>
    private const double Rise = 3.84;

    private const int Columns = 3;

    /// <inheritdoc/>
    public string Id => "calibration-profiles";

    /// <inheritdoc/>
    public string Question => "How sharply do the runs determine each parameter?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<CalibrationProfileRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        CalibrationProfileRow[][] curves = [.. tables.CalibrationProfiles.GroupBy(r => r.Parameter).Select(c => c.OrderBy(r => r.Value).ToArray())];
        if (curves.Length == 0)
            return new Drawing("No calibration in the lake followed profile curves; `run` and `calibrate` do with --profiles.");
        double least = tables.CalibrationProfiles.Min(r => r.Loss);
        string[] open = [.. curves.Where(c => !(c[0].Loss - c.Min(r => r.Loss) > Rise && c[^1].Loss - c.Min(r => r.Loss) > Rise)).Select(c => c[0].Parameter)];
        return new Drawing(
            (open.Length == 0
                ? $"Every one of {Show.Count(curves.Length, "curve")} rises by more than {Show.Number(Rise)} to both sides, where 95 % of a parameter's range would end."
                : $"{open.Length} of {Show.Count(curves.Length, "curve")} {(open.Length == 1 ? "does" : "do")} not rise by {Show.Number(Rise)} to both sides, where 95 % of a parameter's range would end: {Show.Names(open, 8)}.")
            + $" The least loss found is {Show.Value(least)}. Lines are simulated, all other parameters at their best; dotted ones the parabola of the standard error. Simulations are rugged: single points may lie off.")
        {
            Verdict = open.Length == 0 ? Verdict.Yes : Verdict.WithCare,
            Plot = Plotted(curves),
            Numbers = NumberTable.Of<CalibrationProfileRow>(curves.SelectMany(c => c),
            [
                new("parameter", "Parameter", NumberFormat.Text, r => r.Parameter),
                new("value", "Held at", NumberFormat.Value, r => r.Value),
                new("unit", "Unit", NumberFormat.Text, r => r.ParameterUnit),
                new("loss", "Least loss", NumberFormat.Rate, r => r.Loss),
                new("expected", "Parabola", NumberFormat.Rate, r => r.Expected),
            ]),
        };
    }

    private static Plot Plotted(CalibrationProfileRow[][] curves)
    {
        JsonArray data = [];
        int rows = (curves.Length + Columns - 1) / Columns;
        var layout = new JsonObject { ["grid"] = new JsonObject { ["rows"] = rows, ["columns"] = Columns, ["pattern"] = "independent", ["ygap"] = 0.55, ["xgap"] = 0.18 } };
        foreach ((int i, CalibrationProfileRow[] curve) in curves.Index())
        {
            string axis = i == 0 ? "" : $"{i + 1}";
            JsonObject x = Plot.Axis(Plot.Text(curve[0].Parameter, 28));
            x["type"] = "log";
            x["nticks"] = 4;
            layout["xaxis" + axis] = x;
            layout["yaxis" + axis] = Plot.Axis(i % Columns == 0 ? "loss" : "");
            data.Add(Line(curve, axis, "simulated", r => r.Loss, "solid", i == 0));
            data.Add(Line(curve, axis, "standard error", r => r.Expected, "dot", i == 0));
        }

        return new Plot(data, layout) { HeightPx = 120 + (170 * rows), MinWidthPx = 720 };
    }

    private static JsonObject Line(CalibrationProfileRow[] curve, string axis, string name, Func<CalibrationProfileRow, double> y, string dash, bool showLegend) => new()
    {
        ["type"] = "scatter",
        ["mode"] = dash == "solid" ? "lines+markers" : "lines",
        ["name"] = name,
        ["legendgroup"] = name,
        ["showlegend"] = showLegend,
        ["xaxis"] = "x" + axis,
        ["yaxis"] = "y" + axis,
        ["x"] = Plot.Numbers(curve.Select(r => r.Value)),
        ["y"] = Plot.Numbers(curve.Select(y)),
        ["line"] = new JsonObject { ["color"] = dash == "solid" ? Palette.Simulated.Color : Palette.Neutral, ["dash"] = dash },
        ["marker"] = new JsonObject { ["size"] = 6 },
        ["hovertext"] = Plot.Words(curve.Select(r => $"<b>{Plot.Text(r.Parameter)}</b> {Show.Value(r.Value)} {Plot.Text(r.ParameterUnit)}<br>loss {Show.Number(y(r))}")),
        ["hoverinfo"] = "text",
    };
}
