using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Every saturated run of every measured pair, beside the mean of its pair: what two measurements of the same thing differ by.</summary>
public sealed class PairSpreadFigure : IFigure
{
    /// <summary>Standard deviation as a fraction of the mean up to which a pair repeats well; the limit for base cases, of which a pair holds two.</summary>
    private const double WidestGoodSpread = 0.10;

    /// <summary>Pairs that are drawn at most: those that differ most.</summary>
    private const int MostPairs = 60;

    /// <inheritdoc/>
    public string Id => "pair-spread";

    /// <inheritdoc/>
    public string Question => "Do pairs repeat, run by run?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<GuestScoreRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        List<PairRuns> pairs =
        [
            .. tables.GuestScores.Where(s => s is { Kind: "pair", RateFraction: 1, Combined: not null }).GroupBy(s => s.Run).Where(g => g.Count() == 2)
                .Select(g => (Pair: WorkloadPair.Of(g.First().Workload, g.Last().Workload), Run: g.First()))
                .GroupBy(r => r.Pair, r => r.Run).Select(g => new PairRuns(g.Key, [.. g.OrderBy(r => r.Run, WorkloadOrder.Instance)]))
                .OrderByDescending(p => p.Spread ?? -1).ThenBy(p => p.Pair),
        ];
        if (pairs.Count == 0)
            return new Drawing("No pair was measured at saturation, so nothing can repeat.");
        List<PairRuns> repeated = [.. pairs.Where(p => p.Spread is not null)];
        string finding = repeated.Count == 0
            ? $"Each of {Show.Count(pairs.Count, "pair")} was measured once: how much of a score is luck is unknown."
            : $"Repeats of {Show.Count(repeated.Count, "pair")} differ by {Show.Percent(repeated.Average(p => p.Spread!.Value))} on average (standard deviation over mean), most those of {pairs[0].Pair}: "
                + $"{Show.Percent(pairs[0].Spread)} over {Show.Count(pairs[0].Runs.Count, "run")}. Measured once, so that their luck is unknown: {pairs.Count - repeated.Count} of {Show.Count(pairs.Count, "pair")}.";
        List<PairRuns> drawn = Largest.Of(pairs, MostPairs, p => p.Spread ?? -1, "pairs whose runs differ most", out string? omitted);
        return new Drawing(finding + " Points are runs, the line is the mean of the pair with one standard deviation to both sides.")
        {
            Verdict = repeated.Count == pairs.Count && repeated.All(p => p.Spread <= WidestGoodSpread) ? Verdict.Yes : Verdict.WithCare,
            Omitted = omitted,
            Plot = Plotted(drawn),
            Numbers = NumberTable.Of<(PairRuns Pair, GuestScoreRow Run)>(pairs.SelectMany(p => p.Runs.Select(r => (p, r))),
            [
                new("pair", "Pair", NumberFormat.Text, r => r.Pair.Pair.ToString()),
                new("run", "Run", NumberFormat.Text, r => r.Run.Run),
                new("campaign", "Campaign", NumberFormat.Text, r => r.Run.Campaign),
                new("combined", "Combined score", NumberFormat.Score, r => r.Run.Combined),
                new("pair_runs", "Runs of the pair", NumberFormat.Count, r => r.Pair.Runs.Count),
                new("pair_mean", "mean", NumberFormat.Score, r => r.Pair.Mean),
                new("pair_sd", "sd", NumberFormat.Score, r => r.Pair.Sd),
                new("spread_fraction", "sd / mean", NumberFormat.Percent, r => r.Pair.Spread),
            ]),
        };
    }

    private static Plot Plotted(List<PairRuns> pairs)
    {
        List<string> campaigns = [.. pairs.SelectMany(p => p.Runs).Select(r => r.Campaign).Distinct().Order(WorkloadOrder.Instance)];
        JsonArray data =
        [
            new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["name"] = "mean and standard deviation",
                ["x"] = Plot.Numbers(pairs.Select(p => p.Mean)),
                ["y"] = Plot.Numbers(Enumerable.Range(0, pairs.Count).Select(i => (double)i)),
                ["error_x"] = new JsonObject { ["type"] = "data", ["array"] = Plot.Numbers(pairs.Select(p => p.Sd ?? 0)), ["color"] = Palette.Neutral, ["thickness"] = 1.4, ["width"] = 5 },
                ["marker"] = new JsonObject { ["symbol"] = "line-ns", ["size"] = 12, ["line"] = new JsonObject { ["width"] = 2, ["color"] = Palette.Neutral } },
                ["hovertext"] = Plot.Words(pairs.Select(p => $"<b>{Plot.Text(p.Pair.ToString())}</b><br>mean {Show.Number(p.Mean)}, sd {Show.Fine(p.Sd)}, {Show.Count(p.Runs.Count, "run")}")),
                ["hoverinfo"] = "text",
            },
        ];
        foreach ((int i, string campaign) in campaigns.Index())
        {
            List<(int Y, GuestScoreRow Run)> dots = [.. pairs.Index().SelectMany(p => p.Item.Runs.Where(r => r.Campaign == campaign).Select(r => (p.Index, r)))];
            data.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["name"] = Plot.Text(campaign),
                ["x"] = Plot.Numbers(dots.Select(d => d.Run.Combined!.Value)),
                ["y"] = Plot.Numbers(dots.Select(d => (double)d.Y)),
                ["marker"] = new JsonObject { ["color"] = Palette.Measured.Color, ["symbol"] = Palette.SymbolAt(i), ["size"] = 8, ["opacity"] = 0.8 },
                ["hovertext"] = Plot.Words(dots.Select(d => $"{Plot.Text(d.Run.Run)}<br>{Show.Number(d.Run.Combined)}")),
                ["hoverinfo"] = "text",
            });
        }

        JsonObject y = Plot.NamedAxis([.. pairs.Select(p => p.Pair.ToString())]);
        y["range"] = new JsonArray(pairs.Count - 0.4, -0.6);
        y["showgrid"] = true;
        return new Plot(data, new JsonObject { ["xaxis"] = Plot.Axis("combined score  T₁/B₁ + T₂/B₂"), ["yaxis"] = y }) { HeightPx = 120 + (24 * pairs.Count) };
    }

    private sealed record PairRuns(WorkloadPair Pair, IReadOnlyList<GuestScoreRow> Runs)
    {
        public double Mean { get; } = Runs.Average(r => r.Combined!.Value);

        public double? Sd => Runs.Count < 2 ? null : Math.Sqrt(Runs.Sum(r => (r.Combined!.Value - Mean) * (r.Combined.Value - Mean)) / (Runs.Count - 1));

        public double? Spread => Mean > 0 ? Sd / Mean : null;
    }
}
