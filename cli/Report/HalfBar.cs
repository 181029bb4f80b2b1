using System.Text.Json.Nodes;

namespace Colocate.Cli.Report;

/// <summary>How the bar of one half of a combined score is filled: colour names the workload, form says whether it was measured.</summary>
internal static class HalfBar
{
    /// <summary>Measured.</summary>
    public static JsonObject Solid(JsonNode color) => new()
    {
        ["color"] = color, ["line"] = new JsonObject { ["color"] = "#ffffff", ["width"] = 0.8 },
    };

    /// <summary>Never measured: stripes in the colour on no ground, which unlike a lighter shade tell so in print.</summary>
    public static JsonObject Hatched(JsonNode color) => new()
    {
        ["color"] = "rgba(0,0,0,0)",
        ["line"] = new JsonObject { ["color"] = Palette.Neutral, ["width"] = 1 },
        ["pattern"] = new JsonObject { ["shape"] = "/", ["fgcolor"] = color, ["bgcolor"] = "rgba(0,0,0,0)", ["size"] = 6, ["solidity"] = 0.35 },
    };
}
