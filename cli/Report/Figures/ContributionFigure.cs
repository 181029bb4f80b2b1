using System.Text.Json.Nodes;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>What the predictor's answers rest on: how far each feature moves them, and how steady that is when a workload is left out.</summary>
public sealed class ContributionFigure : IFigure
{
    /// <summary>Features that are drawn at most.</summary>
    private const int Most = 20;

    /// <inheritdoc/>
    public string Id => "contributions";

    /// <inheritdoc/>
    public string Question => "Which features make the predictions?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<FeatureContributionRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        List<FeatureContributionRow> rows = [.. tables.FeatureContributions.OrderByDescending(r => r.Contribution).ThenBy(r => r.Feature, StringComparer.Ordinal)];
        if (rows.Count == 0)
            return new Drawing("No trained model is in the lake, so there is nothing that its predictions rest on: `run` trains one where at least three pairs were measured.");
        List<FeatureContributionRow> drawn = Largest.Of(rows, Most, r => r.Contribution, "features that move most", out string? omitted);
        double total = rows.Sum(r => r.Contribution);
        return new Drawing(
            $"The model {rows[0].Trainer} rests on {Show.Count(rows.Count, "feature")}. The first, {rows[0].Feature} ({rows[0].Definition}), moves the predicted combined score of a measured pair by "
            + $"{Show.Fine(rows[0].Contribution)} on average, {Show.Percent(total > 0 ? rows[0].Contribution / total : 0)} of all moves. A move is the prediction less the one with the feature at its mean of training; "
            + "lines span the models that left one workload out. Solid bars raise the score where the feature is large, hatched ones lower it.")
        {
            Omitted = omitted,
            Plot = Plotted(drawn),
            Numbers = NumberTable.Of<FeatureContributionRow>(rows,
            [
                new("feature", "Feature", NumberFormat.Text, r => r.Feature),
                new("contribution", "Mean move", NumberFormat.Score, r => r.Contribution),
                new("low", "from", NumberFormat.Score, r => r.Low),
                new("high", "to", NumberFormat.Score, r => r.High),
                new("slope", "per standard deviation", NumberFormat.Score, r => r.Slope),
                new("models", "Models without one workload", NumberFormat.Count, r => r.Models),
                new("trainer", "Trainer", NumberFormat.Text, r => r.Trainer),
                new("definition", "Definition", NumberFormat.Prose, r => r.Definition),
            ]),
        };
    }

    private static Plot Plotted(List<FeatureContributionRow> rows)
    {
        JsonObject y = Plot.NamedAxis([.. rows.Select(r => r.Feature)]), x = Plot.Axis("mean move of the predicted combined score");
        y["range"] = new JsonArray(rows.Count - 0.4, -0.6);
        x["rangemode"] = "tozero";
        return new Plot([.. Bars(rows, "raises", isUp: true), .. Bars(rows, "lowers", isUp: false)], new JsonObject { ["xaxis"] = x, ["yaxis"] = y }) { HeightPx = 120 + (24 * rows.Count) };
    }

    private static IEnumerable<JsonNode> Bars(List<FeatureContributionRow> rows, string name, bool isUp)
    {
        List<(int Y, FeatureContributionRow Row)> own = [.. rows.Index().Where(r => r.Item.Slope >= 0 == isUp)];
        if (own.Count == 0)
            yield break;
        yield return new JsonObject
        {
            ["type"] = "bar",
            ["orientation"] = "h",
            ["name"] = name,
            ["x"] = Plot.Numbers(own.Select(r => r.Row.Contribution)),
            ["y"] = Plot.Numbers(own.Select(r => (double)r.Y)),
            ["marker"] = isUp ? HalfBar.Solid(Palette.Predicted.Color) : HalfBar.Hatched(Palette.Predicted.Color),
            ["error_x"] = new JsonObject
            {
                ["type"] = "data", ["symmetric"] = false, ["color"] = Palette.Neutral, ["thickness"] = 1.4, ["width"] = 4,
                ["array"] = Plot.Numbers(own.Select(r => Math.Max(0, r.Row.High - r.Row.Contribution ?? 0))),
                ["arrayminus"] = Plot.Numbers(own.Select(r => Math.Max(0, r.Row.Contribution - r.Row.Low ?? 0))),
            },
            ["hovertext"] = Plot.Words(own.Select(r =>
                $"<b>{Plot.Text(r.Row.Feature)}</b><br>{Plot.Text(r.Row.Definition, 90)}<br>{Show.Fine(r.Row.Contribution)} ({Show.Fine(r.Row.Low)} to {Show.Fine(r.Row.High)})")),
            ["hoverinfo"] = "text",
        };
    }
}
