using System.Text.Json.Nodes;

namespace Colocate.Cli.Report;

/// <summary>One score in the colour and symbol of where it comes from, with its range.</summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Score">The score.</param>
/// <param name="Place">Place on the other axis.</param>
/// <param name="Low">Lower end of its range; null when it has none.</param>
/// <param name="High">Upper end of its range; null when it has none.</param>
/// <param name="Hover">What to show of it, already escaped.</param>
public sealed record OriginDot(Origin Origin, double Score, double Place, double? Low, double? High, string Hover)
{
    private const string Halo = "rgba(255,255,255,0.75)";

    /// <summary>
    /// Traces by origin, measured first and predicted last: the ranges on a halo that lifts them off bars of any colour, and the marks above
    /// them, which name the origin in the legend.
    /// </summary>
    /// <param name="dots">The scores.</param>
    /// <param name="score">Axis of the scores, <c>x</c> or <c>y</c>.</param>
    /// <param name="place">The other axis.</param>
    /// <param name="isOnBars">True where bars lie below, off which a halo lifts the ranges.</param>
    public static IEnumerable<JsonObject> Draw(IEnumerable<OriginDot> dots, string score, string place, bool isOnBars)
    {
        foreach (IGrouping<Origin, OriginDot> own in dots.GroupBy(d => d.Origin).OrderBy(g => Palette.Place(g.Key)))
        {
            List<OriginDot> ranges = [.. own.Where(d => d.Low is not null && d.High is not null)];
            if (ranges.Count > 0)
            {
                if (isOnBars)
                    yield return Ranges(ranges, score, place, Halo, 4.5);
                yield return Ranges(ranges, score, place, own.Key.Color, 2);
            }

            yield return new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["name"] = own.Key.Name,
                [score] = Plot.Numbers(own.Select(d => d.Score)),
                [place] = Plot.Numbers(own.Select(d => d.Place)),
                ["marker"] = new JsonObject
                {
                    ["color"] = own.Key.Color, ["symbol"] = own.Key.Symbol, ["size"] = 7.5, ["line"] = new JsonObject { ["color"] = "#ffffff", ["width"] = 0.8 },
                },
                ["hovertext"] = Plot.Words(own.Select(d => d.Hover)),
                ["hoverinfo"] = "text",
            };
        }
    }

    private static JsonObject Ranges(List<OriginDot> dots, string score, string place, string color, double width) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["showlegend"] = false,
        [score] = Plot.Numbers(dots.SelectMany(d => new[] { d.Low!.Value, d.High!.Value, double.NaN })),
        [place] = Plot.Numbers(dots.SelectMany(d => new[] { d.Place, d.Place, double.NaN })),
        ["line"] = new JsonObject { ["color"] = color, ["width"] = width },
        ["hoverinfo"] = "skip",
    };
}
