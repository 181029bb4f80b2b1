using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>How well base cases repeat. Every score divides by one, so their spread is a floor under every error.</summary>
public sealed class BaseSpreadFigure : IFigure
{
    /// <summary>Standard deviation as a fraction of the mean up to which a base case repeats well.</summary>
    private const double WidestGoodSpread = 0.10;

    /// <summary>Base cases that are drawn at most.</summary>
    private const int MostBases = 120;

    /// <inheritdoc/>
    public string Id => "base-spread";

    /// <inheritdoc/>
    public string Question => "Do workloads alone repeat well?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<BaseCaseRow>(), Table.Of<GuestScoreRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        List<BaseCaseRow> bases = [.. tables.BaseCases.OrderBy(b => b.Workload, WorkloadOrder.Instance).ThenBy(b => b.Campaign, StringComparer.Ordinal)];
        if (bases.Count == 0)
            return new Drawing("No workload was measured alone at saturation, so there is no base case to repeat.");
        BaseCaseRow? widest = bases.Where(b => Spread(b) is not null).MaxBy(Spread);
        int single = bases.Count(b => b.Runs == 1);
        string finding = widest is null
            ? "Every base case rests on one run: their spread is unknown, and so is how much of any score is luck."
            : $"The widest spread is that of {widest.Workload} in {widest.Campaign}: {Show.Percent(Spread(widest))} of its mean over "
                + $"{Show.Count(widest.Runs, "run")}. A difference of scores below the spread of its base case is luck."
                + (single > 0 ? $" Resting on a single run: {single} of {Show.Count(bases.Count, "base case")}." : "");
        List<BaseCaseRow> drawn = Largest.Of(bases, MostBases, b => Spread(b) ?? 0, "base cases that spread most", out string? omitted);
        return new Drawing(finding)
        {
            Verdict = bases.All(b => b.Runs >= 2 && Spread(b) <= WidestGoodSpread) ? Verdict.Yes : Verdict.WithCare,
            Omitted = omitted,
            Plot = Plotted(drawn, tables),
            Numbers = NumberTable.Of<BaseCaseRow>(bases,
            [
                new("workload", "Workload", NumberFormat.Text, b => b.Workload),
                new("campaign", "Campaign", NumberFormat.Text, b => b.Campaign),
                new("runs", "Runs", NumberFormat.Count, b => b.Runs),
                new("throughput_per_s", "B, 1/s", NumberFormat.Rate, b => b.ThroughputPerS),
                new("throughput_sd_per_s", "sd, 1/s", NumberFormat.Rate, b => b.ThroughputSd),
                new("spread_fraction", "sd / B", NumberFormat.Percent, b => Spread(b)),
                new("rule", "Rule", NumberFormat.Text, b => b.Rule),
            ]),
        };
    }

    /// <summary>Standard deviation as a fraction of the mean; null after a single run, or when nothing was served.</summary>
    private static double? Spread(BaseCaseRow b) => b.ThroughputPerS > 0 ? b.ThroughputSd / b.ThroughputPerS : null;

    private static Plot Plotted(List<BaseCaseRow> bases, ReportTables tables)
    {
        var palette = new Palette(tables);
        List<string> workloads = [.. bases.Select(b => b.Workload).Distinct()];
        List<string> campaigns = [.. bases.Select(b => b.Campaign).Distinct().Order(StringComparer.Ordinal)];
        double step = 0.7 / campaigns.Count;
        double X(BaseCaseRow b) => workloads.IndexOf(b.Workload) + (step * (campaigns.IndexOf(b.Campaign) - ((campaigns.Count - 1) / 2.0)));
        ILookup<(string, string), GuestScoreRow> runs = tables.GuestScores
            .Where(s => s.Kind == "base" && s.RateFraction == 1 && s.ThroughputPerS is not null).ToLookup(s => (s.Campaign, s.Workload));
        var data = new JsonArray();
        foreach (string campaign in campaigns)
        {
            string symbol = Palette.SymbolAt(campaigns.IndexOf(campaign));
            List<BaseCaseRow> own = [.. bases.Where(b => b.Campaign == campaign)];
            List<(BaseCaseRow Base, GuestScoreRow Run)> dots = [.. own.SelectMany(b => runs[(b.Campaign, b.Workload)].Select(r => (b, r)))];
            data.Add(Plot.Key(campaign, "scatter", new JsonObject { ["color"] = Palette.Neutral, ["symbol"] = symbol, ["size"] = 8 }));
            data.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["showlegend"] = false,
                ["x"] = Plot.Numbers(own.Select(X)),
                ["y"] = Plot.Numbers(own.Select(_ => 1.0)),
                ["error_y"] = new JsonObject
                {
                    ["type"] = "data", ["array"] = Plot.Numbers(own.Select(b => Spread(b) ?? 0)),
                    ["color"] = Palette.Neutral, ["thickness"] = 1.4, ["width"] = 7,
                },
                ["marker"] = new JsonObject
                {
                    ["symbol"] = "line-ew", ["size"] = 16, ["line"] = new JsonObject { ["width"] = 2, ["color"] = Palette.Neutral },
                },
                ["hovertext"] = Plot.Words(own.Select(b =>
                    $"{Plot.Text(b.Workload)}, {Plot.Text(b.Campaign)}<br>"
                    + $"B {Show.Number(b.ThroughputPerS)}/s, sd {Show.Number(b.ThroughputSd)}/s, {Show.Count(b.Runs, "run")}")),
                ["hoverinfo"] = "text",
            });
            data.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["showlegend"] = false,
                ["x"] = Plot.Numbers(dots.Select(d => X(d.Base))),
                ["y"] = Plot.Numbers(dots.Select(d => d.Run.ThroughputPerS!.Value / d.Base.ThroughputPerS)),
                ["marker"] = new JsonObject
                {
                    ["symbol"] = symbol, ["size"] = 8, ["opacity"] = 0.8, ["color"] = Plot.Words(dots.Select(d => palette.Color(d.Base.Workload))),
                },
                ["hovertext"] = Plot.Words(dots.Select(d => $"{Plot.Text(d.Run.Run)}<br>{Show.Number(d.Run.ThroughputPerS)}/s")),
                ["hoverinfo"] = "text",
            });
        }

        return new Plot(data, new JsonObject
        {
            ["xaxis"] = Plot.NamedAxis(workloads),
            ["yaxis"] = Plot.Axis("throughput alone / B"),
            ["shapes"] = new JsonArray(Plot.Line(0, 1, 1, 1, xref: "x domain", dash: "dot")),
        });
    }
}
