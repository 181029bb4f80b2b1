using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>What was measured: runs by kind and campaign, and how many of them each tool recorded.</summary>
public sealed class MeasuredFigure : IFigure
{
    private static readonly string[] s_kinds = ["base", "solo", "pair", "sweep", "weight", "cap", "three", "idle", "other"];

    /// <inheritdoc/>
    public string Id => "measured";

    /// <inheritdoc/>
    public string Question => "What was measured, and by which tools?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<RunRow>(), Table.Of<ClientResultRow>(), Table.Of<HostMetricsRow>(), Table.Of<XentopSampleRow>(), Table.Of<GuestResultRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        if (tables.Runs.Count == 0)
            return new Drawing("The lake holds no run.");
        HashSet<string> clients = [.. tables.ClientResults.Select(c => c.Run)], traces = [.. tables.HostMetrics.Where(h => h.WindowS is not null).Select(h => h.Run)];
        HashSet<string> xentop = [.. tables.XentopSamples.Select(s => s.Run)], guests = [.. tables.GuestResults.Select(g => g.Run)];
        List<Measured> rows =
        [
            .. tables.Runs.GroupBy(r => (r.Kind, r.Campaign)).OrderBy(g => Order(g.Key.Kind)).ThenBy(g => g.Key.Kind, StringComparer.Ordinal).ThenBy(g => g.Key.Campaign, StringComparer.Ordinal)
                .Select(g => new Measured(
                    g.Key.Kind, g.Key.Campaign, g.Count(), Count(g, clients), Count(g, traces), Count(g, xentop), Count(g, guests), g.Any(r => r.LoadS is not null) ? g.Sum(r => r.LoadS ?? 0) : null)),
        ];
        double? load = tables.Runs.Any(r => r.LoadS is not null) ? tables.Runs.Sum(r => r.LoadS ?? 0) : null;
        IEnumerable<string> kinds = rows.GroupBy(r => r.Kind).Select(g => $"{g.Sum(r => r.Runs)} {g.Key}");
        return new Drawing(
            $"{Show.Count(tables.Runs.Count, "run")} in {Show.Count(rows.DistinctBy(r => r.Campaign).Count(), "campaign")}: {string.Join(", ", kinds)}. "
            + $"Clients counted replies in {rows.Sum(r => r.Clients)}, xentrace recorded {rows.Sum(r => r.Traces)}, xentop {rows.Sum(r => r.Xentop)}, and {rows.Sum(r => r.Guests)} hold a trace from inside a guest"
            + (load is null ? "; how long load lasted is not recorded." : $"; load lasted {Show.Count((long)load, "second")} in all."))
        {
            Plot = Plotted(rows),
            Numbers = NumberTable.Of<Measured>(rows,
            [
                new("kind", "Kind", NumberFormat.Text, r => r.Kind),
                new("campaign", "Campaign", NumberFormat.Text, r => r.Campaign),
                new("runs", "Runs", NumberFormat.Count, r => r.Runs),
                new("client_runs", "with client results", NumberFormat.Count, r => r.Clients),
                new("traced_runs", "with a trace", NumberFormat.Count, r => r.Traces),
                new("xentop_runs", "with xentop", NumberFormat.Count, r => r.Xentop),
                new("guest_traced_runs", "with a guest trace", NumberFormat.Count, r => r.Guests),
                new("load_s", "Load, s", NumberFormat.Rate, r => r.LoadS),
            ]),
        };
    }

    private static int Order(string kind) => Array.IndexOf(s_kinds, kind) is var i && i >= 0 ? i : s_kinds.Length;

    private static int Count(IEnumerable<RunRow> runs, HashSet<string> seen) => runs.Count(r => seen.Contains(r.Run));

    private static Plot Plotted(List<Measured> rows)
    {
        List<string> kinds = [.. rows.Select(r => r.Kind).Distinct()], campaigns = [.. rows.Select(r => r.Campaign).Distinct().Order(WorkloadOrder.Instance)];
        string[] shapes = ["", "/", "x", ".", "-", "\\", "+", "|"];
        JsonArray data = [];
        foreach ((int i, string campaign) in campaigns.Index())
        {
            List<Measured> own = [.. rows.Where(r => r.Campaign == campaign)];
            data.Add(new JsonObject
            {
                ["type"] = "bar",
                ["name"] = Plot.Text(campaign),
                ["x"] = Plot.Numbers(own.Select(r => (double)kinds.IndexOf(r.Kind))),
                ["y"] = Plot.Numbers(own.Select(r => (double)r.Runs)),
                ["marker"] = new JsonObject
                {
                    ["color"] = Palette.Measured.Color,
                    ["pattern"] = new JsonObject { ["shape"] = shapes[i % shapes.Length], ["bgcolor"] = "rgba(0,0,0,0)", ["fgcolor"] = Palette.Measured.Color, ["fillmode"] = "replace", ["size"] = 6 },
                    ["line"] = new JsonObject { ["color"] = Palette.Measured.Color, ["width"] = 1 },
                },
                ["hovertext"] = Plot.Words(own.Select(r =>
                    $"{Plot.Text(r.Kind)}, {Plot.Text(campaign)}: {Show.Count(r.Runs, "run")}<br>clients {r.Clients}, xentrace {r.Traces}, xentop {r.Xentop}, guest traces {r.Guests}")),
                ["hoverinfo"] = "text",
            });
        }

        JsonObject x = Plot.NamedAxis(kinds), y = Plot.Axis("runs, number");
        x["title"] = new JsonObject { ["text"] = "kind of run" };
        y["rangemode"] = "tozero";
        return new Plot(data, new JsonObject { ["xaxis"] = x, ["yaxis"] = y }) { HeightPx = 300 };
    }

    private sealed record Measured(string Kind, string Campaign, int Runs, int Clients, int Traces, int Xentop, int Guests, double? LoadS);
}
