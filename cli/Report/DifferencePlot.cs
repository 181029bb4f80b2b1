using System.Text.Json.Nodes;
using Colocate.Model.Runs;

namespace Colocate.Cli.Report;

/// <summary>
/// Differences of CPU readings over the reading itself, with a band of five points around zero: the plot of Bland and Altman
/// ("Statistical methods for assessing agreement", The Lancet 1986), which shows a bias that a diagonal hides.
/// </summary>
public static class DifferencePlot
{
    /// <summary>Half the width of the band, as a fraction of a pcpu: the limit of diagnostic RN-CPU.</summary>
    public const double Limit = 0.05;

    /// <summary>Dots of one figure at most: more hide each other.</summary>
    public const int MostDots = 800;

    /// <summary>Draws the dots, one trace per series, in the order of their names.</summary>
    public static Plot Draw(IEnumerable<DifferenceDot> dots, string xTitle, string yTitle)
    {
        var data = new JsonArray();
        foreach (IGrouping<string, DifferenceDot> series in dots.GroupBy(d => d.Series).OrderBy(g => g.Key, WorkloadOrder.Instance))
        {
            DifferenceDot first = series.First();
            data.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["name"] = Plot.Text(series.Key),
                ["x"] = Plot.Numbers(series.Select(d => d.Fraction)),
                ["y"] = Plot.Numbers(series.Select(d => d.Difference * 100)),
                ["marker"] = new JsonObject { ["color"] = first.Color, ["symbol"] = first.Symbol, ["size"] = 8, ["opacity"] = 0.75 },
                ["hovertext"] = Plot.Words(series.Select(d => d.Hover)),
                ["hoverinfo"] = "text",
            });
        }

        JsonObject y = Plot.Axis(yTitle);
        y["zeroline"] = false;
        var layout = new JsonObject
        {
            ["xaxis"] = Plot.PercentAxis(xTitle),
            ["yaxis"] = y,
            ["shapes"] = new JsonArray(
                Plot.Line(0, 0, 1, 0, xref: "x domain"),
                Plot.Line(0, Limit * 100, 1, Limit * 100, xref: "x domain", dash: "dot"),
                Plot.Line(0, -Limit * 100, 1, -Limit * 100, xref: "x domain", dash: "dot")),
        };
        return new Plot(data, layout) { HeightPx = 340 };
    }
}
