using System.Text.Json.Nodes;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>The simulator's parameters: where each fitted one stands in the range it was searched in, and where all of them come from.</summary>
public sealed class CalibrationParameterFigure : IFigure
{
    /// <summary>Distance to an end of the range, as a fraction of the range, within which the range rather than the runs decided.</summary>
    private const double EndFraction = 0.02;

    /// <inheritdoc/>
    public string Id => "calibration-parameters";

    /// <inheritdoc/>
    public string Question => "Which parameters did the calibration choose, and did a range hold one back?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<CalibrationParameterRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        IReadOnlyList<CalibrationParameterRow> rows = tables.CalibrationParameters;
        if (rows.Count == 0)
            return new Drawing("No calibration is in the lake, so the simulator has no parameters to show.");
        int fitted = rows.Count(p => p.Fitted);
        List<CalibrationParameterRow> searched = [.. rows.Where(p => Place(p) is not null)];
        List<string> held = [.. searched.Where(IsAtEnd).Select(p => p.Parameter)];
        string ends = searched.Count == 0
            ? "No range is recorded."
            : held.Count == 0
                ? $"None of {Show.Count(searched.Count, "range")} holds its parameter back: each stands further than {Show.Level(EndFraction)} from both ends."
                : $"{held.Count} of {Show.Count(searched.Count, "range")} {(held.Count == 1 ? "holds its parameter" : "hold their parameters")} back, "
                    + $"within {Show.Level(EndFraction)} of an end, where the range decided and not the runs: {Show.Names(held, 8)}.";
        int estimated = rows.Count(p => p.LogStandardError is not null), accepted = rows.Count(p => p.AcceptedLow is not null);
        string errors = (estimated == 0 ? "" : $" The median standard error of {Show.Count(estimated, "fitted parameter")} is {Show.Percent(rows.Select(p => p.LogStandardError).Where(e => e is not null).Order().ElementAt(estimated / 2))}.")
            + (accepted == 0 ? "" : " Bars span the parameter vectors that explain the runs about as well.");
        return new Drawing($"Fitted to runs: {fitted} of {Show.Count(rows.Count, "parameter")}; set beforehand: {rows.Count - fitted}. {ends}{errors}")
        {
            Verdict = searched.Count == 0 ? null : held.Count == 0 ? Verdict.Yes : Verdict.WithCare,
            Plot = searched.Count == 0 ? null : Plotted(searched),
            Numbers = NumberTable.Of<CalibrationParameterRow>(rows,
            [
                new("parameter", "Parameter", NumberFormat.Text, p => p.Parameter),
                new("value", "Value", NumberFormat.Value, p => p.Value),
                new("standard_error_fraction", "Standard error", NumberFormat.Percent, p => p.LogStandardError),
                new("accepted_low", "accepted from", NumberFormat.Value, p => p.AcceptedLow),
                new("accepted_high", "to", NumberFormat.Value, p => p.AcceptedHigh),
                new("low", "searched from", NumberFormat.Value, p => p.Low),
                new("high", "to", NumberFormat.Value, p => p.High),
                new("unit", "Unit", NumberFormat.Text, p => p.ParameterUnit),
                new("fitted", "Fitted", NumberFormat.Flag, p => p.Fitted),
                new("place_fraction", "Place in range", NumberFormat.Percent, p => Place(p)),
                new("at_end", "At an end", NumberFormat.Flag, p => Place(p) is null ? null : IsAtEnd(p)),
                new("meaning", "Meaning", NumberFormat.Prose, p => p.Meaning),
                new("source", "Source", NumberFormat.Prose, p => p.Source),
            ], p => Place(p) is not null && IsAtEnd(p)),
        };
    }

    /// <summary>
    /// Place of the value in its range, 0 at the lower end, 1 at the upper, on the logarithmic scale on which parameters are searched; null when
    /// no range was searched.
    /// </summary>
    private static double? Place(CalibrationParameterRow p) => Place(p, p.Value);

    private static double? Place(CalibrationParameterRow p, double? value) =>
        p is { Low: > 0 and var low, High: { } high } && value is > 0 && high > low ? Math.Log(value.Value / low) / Math.Log(high / low) : null;

    private static bool IsAtEnd(CalibrationParameterRow p) => Place(p) is <= EndFraction or >= 1 - EndFraction;

    private static Plot Plotted(List<CalibrationParameterRow> rows)
    {
        JsonObject x = Plot.PercentAxis("place in the range searched, % of its logarithm");
        x["range"] = new JsonArray(-0.03, 1.03);
        JsonObject y = Plot.NamedAxis([.. rows.Select(p => p.Parameter)]);
        y["range"] = new JsonArray(rows.Count - 0.4, -0.6);
        y["showgrid"] = true;
        return new Plot(
            [.. Dots(rows, "inside its range", Palette.Simulated.Symbol, isAtEnd: false), .. Dots(rows, "at an end of its range", "x", isAtEnd: true)],
            new JsonObject
            {
                ["xaxis"] = x,
                ["yaxis"] = y,
                ["shapes"] = new JsonArray(
                    Plot.Line(EndFraction, 0, EndFraction, 1, "x", "y domain", "dot"), Plot.Line(1 - EndFraction, 0, 1 - EndFraction, 1, "x", "y domain", "dot")),
            }) { HeightPx = 130 + (24 * rows.Count) };
    }

    private static IEnumerable<JsonObject> Dots(List<CalibrationParameterRow> rows, string name, string symbol, bool isAtEnd)
    {
        List<(int Y, CalibrationParameterRow Row)> own = [.. rows.Index().Where(p => IsAtEnd(p.Item) == isAtEnd)];
        if (own.Count == 0)
            yield break;
        yield return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["name"] = name,
            ["x"] = Plot.Numbers(own.Select(p => Place(p.Row)!.Value)),
            ["y"] = Plot.Numbers(own.Select(p => (double)p.Y)),
            ["marker"] = new JsonObject { ["color"] = Palette.Simulated.Color, ["symbol"] = symbol, ["size"] = 9 },
            ["hovertext"] = Plot.Words(own.Select(p =>
                $"<b>{Plot.Text(p.Row.Parameter)}</b> {Show.Value(p.Row.Value)} {Plot.Text(p.Row.ParameterUnit)}<br>"
                + $"searched {Show.Value(p.Row.Low!.Value)} to {Show.Value(p.Row.High!.Value)}<br>{Plot.Text(p.Row.Meaning, 90)}")),
            ["hoverinfo"] = "text",
            ["error_x"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = Plot.Numbers(own.Select(p => Place(p.Row, p.Row.AcceptedHigh) - Place(p.Row) ?? 0)),
                ["arrayminus"] = Plot.Numbers(own.Select(p => Place(p.Row) - Place(p.Row, p.Row.AcceptedLow) ?? 0)),
                ["color"] = Palette.Neutral,
            },
        };
    }
}
