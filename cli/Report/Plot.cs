using System.Text.Json.Nodes;
using Colocate.Cli.Output;

namespace Colocate.Cli.Report;

/// <summary>A figure as plotly.js reads it (plotly.com/javascript/reference); the house style comes from <see cref="PlotTemplate"/>.</summary>
/// <param name="Data">The traces.</param>
/// <param name="Layout">What differs from the template.</param>
public sealed record Plot(JsonArray Data, JsonObject Layout)
{
    /// <summary>Height of the figure in CSS pixels.</summary>
    public int HeightPx { get; init; } = 360;

    /// <summary>Width in CSS pixels below which the figure scrolls instead of shrinking.</summary>
    public int MinWidthPx { get; init; } = 560;

    /// <summary>
    /// The figure as JSON. Nothing in it can end a script element: <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are escaped as <c>\u....</c>.
    /// </summary>
    public string ToJson() => new JsonObject { ["data"] = Data.DeepClone(), ["layout"] = Layout.DeepClone() }.ToJsonString();

    /// <summary>Values. What is not finite, for instance a ratio to a base case without any throughput, has no place in a figure: it leaves a gap.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(v => double.IsFinite(v) ? (JsonNode?)v : null)];

    /// <summary>Words of our own: colours, symbols.</summary>
    public static JsonArray Words(IEnumerable<string> words) => [.. words.Select(w => (JsonNode)w)];

    /// <summary>
    /// Text from an input so that plotly draws it as it is: it reads a few HTML tags and entities in every label and hover text
    /// (plotly.js, lib/svg_text_utils). Longer names are cut; controls are made visible.
    /// </summary>
    public static string Text(string text, int limit = 60)
    {
        text = VisibleText.Of(text);
        int whole = limit - (text.Length > limit && char.IsHighSurrogate(text[limit - 2]) ? 2 : 1);
        string cut = text.Length <= limit ? text : string.Concat(text.AsSpan(0, whole), "…");
        return cut.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
    }

    /// <summary>An axis with a title and nothing else.</summary>
    public static JsonObject Axis(string title) => new() { ["title"] = new JsonObject { ["text"] = title } };

    /// <summary>An axis of fractions (0..1) labelled in per cent; the title names the unit.</summary>
    public static JsonObject PercentAxis(string title) => new()
    {
        ["title"] = new JsonObject { ["text"] = title },
        ["tickformat"] = ",.0%",
        ["rangemode"] = "tozero",
    };

    /// <summary>An axis on which the named things stand at 0, 1, 2, ... Positions, not names, so that no two names can fall together.</summary>
    public static JsonObject NamedAxis(IReadOnlyCollection<string> names) => new()
    {
        ["tickmode"] = "array",
        ["tickvals"] = Numbers(Enumerable.Range(0, names.Count).Select(i => (double)i)),
        ["ticktext"] = Words(names.Select(n => Text(n, 28))),
        ["range"] = new JsonArray(-0.6, names.Count - 0.4),
        ["showgrid"] = false,
        ["zeroline"] = false,
    };

    /// <summary>An entry of the legend without a mark in the figure.</summary>
    public static JsonObject Key(string name, string type, JsonObject marker) => new()
    {
        ["type"] = type,
        ["name"] = Text(name),
        ["x"] = new JsonArray((JsonNode?)null),
        ["y"] = new JsonArray((JsonNode?)null),
        ["mode"] = "markers",
        ["showlegend"] = true,
        ["marker"] = marker,
        ["hoverinfo"] = "skip",
    };

    /// <summary>A straight line behind the traces.</summary>
    /// <param name="x0">Start, or the left edge (0) when <paramref name="xref"/> is a domain.</param>
    /// <param name="y0">Start.</param>
    /// <param name="x1">End, or the right edge (1) when <paramref name="xref"/> is a domain.</param>
    /// <param name="y1">End.</param>
    /// <param name="xref">Axis that x counts on: <c>x</c>, or <c>x domain</c> for 0..1 across the panel.</param>
    /// <param name="yref">Axis that y counts on.</param>
    /// <param name="dash">Dash pattern.</param>
    public static JsonObject Line(double x0, double y0, double x1, double y1, string xref = "x", string yref = "y", string dash = "solid") => new()
    {
        ["type"] = "line",
        ["layer"] = "below",
        ["xref"] = xref,
        ["yref"] = yref,
        ["x0"] = x0,
        ["y0"] = y0,
        ["x1"] = x1,
        ["y1"] = y1,
        ["line"] = new JsonObject { ["color"] = Palette.Neutral, ["width"] = 1.2, ["dash"] = dash },
    };

    /// <summary>A remark at a place of the figure, without an arrow.</summary>
    public static JsonObject Note(string text, double x, double y, string xref, string yref, string xanchor = "left", string yanchor = "bottom") => new()
    {
        ["text"] = text,
        ["x"] = x,
        ["y"] = y,
        ["xref"] = xref,
        ["yref"] = yref,
        ["xanchor"] = xanchor,
        ["yanchor"] = yanchor,
        ["showarrow"] = false,
    };
}
