using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>What of each traced window is known: busy, idle and lost time of the pcpus, and the share of records whose event no table names.</summary>
public sealed class TraceCoverageFigure : IFigure
{
    /// <summary>Share of pcpu time accounted for from which on a trace is whole: what rounding of a window's two ends may take.</summary>
    private const double Whole = 0.99;

    /// <summary>Share of unknown records above which a trace comes from a Xen that the tables do not know.</summary>
    private const double MostUnknown = 0.01;

    /// <summary>Runs that are drawn at most: those of which least is known.</summary>
    private const int MostRuns = 60;

    /// <inheritdoc/>
    public string Id => "trace-coverage";

    /// <inheritdoc/>
    public string Question => "How much of the traced time is accounted for?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<HostMetricsRow>(), Table.Of<RunRow>(), Table.Of<TraceEventRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        ILookup<string, TraceEventRow> events = tables.TraceEvents.ToLookup(e => e.Run);
        Dictionary<string, int> pcpus = tables.Runs.DistinctBy(r => r.Run).ToDictionary(r => r.Run, r => r.Pcpus);
        List<Coverage> rows =
        [
            .. tables.HostMetrics.Where(h => h.WindowS is not null)
                .Select(h => new Coverage(
                    h.Run, pcpus.TryGetValue(h.Run, out int n) ? n : null, h.WindowS!.Value, h.CpuFraction, h.IdleFraction, h.LostFraction, events[h.Run].Sum(e => e.Records),
                    events[h.Run].Where(e => e.Event is null).Sum(e => e.Records)))
                .OrderBy(c => c.Known ?? 2).ThenByDescending(c => c.UnknownFraction ?? 0).ThenBy(c => c.Run, WorkloadOrder.Instance),
        ];
        if (rows.Count == 0)
            return new Drawing("No run holds a usable trace, so nothing is known of what the pcpus did.");
        List<Coverage> measured = [.. rows.Where(c => c.Known is not null)];
        if (measured.Count == 0)
            return new Drawing("No trace tells both busy and idle time, so their sum cannot be checked.");
        int whole = measured.Count(IsWhole);
        double unknown = rows.Sum(c => (double)c.UnknownRecords) / Math.Max(1, rows.Sum(c => c.Records));
        List<Coverage> drawn = Largest.Of(measured, MostRuns, c => -c.Known!.Value, "runs of which least is known", out string? omitted);
        return new Drawing(
            $"In {whole} of {Show.Count(measured.Count, "traced run")} busy, idle and lost time add up to at least {Show.Level(Whole)} of what the pcpus had; least in {measured[0].Run}, "
            + $"{Show.Percent(measured[0].Known)}. Lost while recording: at most {Show.Percent(rows.Max(c => c.Lost ?? 0))} of a run's pcpu time. "
            + (rows.Any(c => c.Records > 0) ? $"Of {Show.Count(rows.Sum(c => c.Records), "record")}, {Show.Percent(unknown)} are events that no table names." : "Records were not counted by event."))
        {
            Verdict = whole == measured.Count && unknown <= MostUnknown ? Verdict.Yes : Verdict.WithCare,
            Omitted = omitted,
            Plot = Plotted(drawn),
            Numbers = NumberTable.Of<Coverage>(rows,
            [
                new("run", "Run", NumberFormat.Text, c => c.Run),
                new("pcpus", "pcpus", NumberFormat.Count, c => c.Pcpus),
                new("window_s", "Window, s", NumberFormat.Rate, c => c.WindowS),
                new("cpu_fraction", "Busy", NumberFormat.Percent, c => c.Busy),
                new("idle_fraction", "Idle", NumberFormat.Percent, c => c.Idle),
                new("lost_fraction", "Lost", NumberFormat.Percent, c => c.Lost),
                new("known_fraction", "Accounted for", NumberFormat.Percent, c => c.Known),
                new("records", "Records", NumberFormat.Count, c => c.Records),
                new("unknown_records", "of unknown events", NumberFormat.Count, c => c.UnknownRecords),
                new("unknown_fraction", "share", NumberFormat.Percent, c => c.UnknownFraction),
            ], c => c.Known is not null && !IsWhole(c)),
        };
    }

    private static bool IsWhole(Coverage c) => c.Known >= Whole;

    private static Plot Plotted(List<Coverage> rows)
    {
        (string Name, string Color, string Shape, Func<Coverage, double> Value)[] parts =
        [
            ("busy", Palette.Measured.Color, "", c => c.Busy ?? 0), ("idle", "#B8C0C8", ".", c => c.Idle ?? 0), ("lost", "#D55E00", "x", c => c.Lost ?? 0),
        ];
        JsonObject x = Plot.PercentAxis("share of pcpu time in the window, %"), y = Plot.NamedAxis([.. rows.Select(c => c.Run)]);
        x["range"] = new JsonArray(0, Math.Max(1.02, rows.Max(c => c.Known!.Value + (c.Lost ?? 0)) * 1.02));
        y["range"] = new JsonArray(rows.Count - 0.4, -0.6);
        return new Plot(
            [
                .. parts.Select(p => (JsonNode)new JsonObject
                {
                    ["type"] = "bar",
                    ["orientation"] = "h",
                    ["name"] = p.Name,
                    ["x"] = Plot.Numbers(rows.Select(p.Value)),
                    ["y"] = Plot.Numbers(Enumerable.Range(0, rows.Count).Select(i => (double)i)),
                    ["marker"] = new JsonObject { ["color"] = p.Color, ["pattern"] = new JsonObject { ["shape"] = p.Shape, ["fillmode"] = "overlay", ["fgcolor"] = "#ffffff", ["size"] = 5, ["solidity"] = 0.3 } },
                    ["hovertext"] = Plot.Words(rows.Select(c => $"{Plot.Text(c.Run)}<br>{p.Name} {Show.Percent(p.Value(c))} of {Show.Number(c.WindowS)} s")),
                    ["hoverinfo"] = "text",
                }),
            ],
            new JsonObject { ["xaxis"] = x, ["yaxis"] = y, ["shapes"] = new JsonArray(Plot.Line(1, 0, 1, 1, yref: "y domain", dash: "dot")) }) { HeightPx = 120 + (18 * rows.Count) };
    }

    private sealed record Coverage(string Run, int? Pcpus, double WindowS, double? Busy, double? Idle, double? Lost, long Records, long UnknownRecords)
    {
        public double? Known => Busy + Idle + (Lost ?? 0);

        public double? UnknownFraction => Records == 0 ? null : UnknownRecords / (double)Records;
    }
}
