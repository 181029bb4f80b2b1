using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>The paper's Fig. 4 (a) to (i): nine small charts over one axis of workload rate, measured as points, simulated as lines.</summary>
public sealed class SweepFigure : IFigure
{
    private const int Columns = 3;

    private static readonly IReadOnlyList<SweepPanel> s_panels =
    [
        new("throughput / base", "", false, true, r => r.Score, _ => null),
        new("VM switches", "1/s", false, false, r => r.Host?.SwitchesPerS, _ => null),
        new("pages per execution", "", false, false, r => r.Host?.PagesPerExecution, _ => null),
        new("driver CPU", "% of one pcpu", true, false, r => r.DriverCpu, r => r.DriverCpuSource),
        new("driver blocked", "% of time", true, false, r => r.Driver?.BlockFraction, _ => null),
        new("driver waiting", "% of time", true, false, r => r.Driver?.WaitFraction, _ => null),
        new("guests' CPU", "% of one pcpu", true, true, r => r.GuestCpu, r => r.GuestCpuSource),
        new("guests blocked", "% of time", true, true, r => r.Guest?.BlockFraction, _ => null),
        new("guests waiting", "% of time", true, true, r => r.Guest?.WaitFraction, _ => null),
    ];

    /// <inheritdoc/>
    public string Id => "sweep";

    /// <inheritdoc/>
    public string Question => "Where do guests start to pay for each other, and with what?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads => SweepReading.Reads;

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        IReadOnlyList<SweepReading> readings = SweepReading.All(tables);
        if (readings.Count == 0)
            return new Drawing("No pair was swept: there is no run or simulated scenario of kind sweep with two loaded guests and a rate.");
        List<WorkloadPair> drawn = SweepReading.Drawn(readings.Select(r => r.Pair), out string? omitted);
        return new Drawing(Finding(readings))
        {
            Omitted = omitted,
            Plot = Plotted([.. readings.Where(r => drawn.Contains(r.Pair))], new Palette(tables)),
            Numbers = NumberTable.Of<SweepReading>(readings,
            [
                new("run", "Run or scenario", NumberFormat.Text, r => r.Run),
                new("origin", "Origin", NumberFormat.Text, r => r.Origin.Name),
                new("pair", "Pair", NumberFormat.Text, r => r.Pair.ToString()),
                new("rate_fraction", "Rate", NumberFormat.Percent, r => r.RateFraction),
                new("domain", "Guest", NumberFormat.Text, r => r.Domain),
                new("workload", "Workload", NumberFormat.Text, r => r.Workload),
                new("offered_per_s", "Offered, 1/s", NumberFormat.Rate, r => r.OfferedPerS),
                new("throughput_per_s", "T, 1/s", NumberFormat.Rate, r => r.ThroughputPerS),
                new("score", "T / B", NumberFormat.Score, r => r.Score),
                new("combined", "Combined", NumberFormat.Score, r => r.Combined),
                new("switches_per_s", "Switches, 1/s", NumberFormat.Count, r => r.Host?.SwitchesPerS),
                new("pages_per_execution", "Pages / execution", NumberFormat.Rate, r => r.Host?.PagesPerExecution),
                new("driver_cpu_fraction", "Driver CPU", NumberFormat.Percent, r => r.DriverCpu),
                new("driver_cpu_source", "from", NumberFormat.Text, r => r.DriverCpuSource),
                new("driver_block_fraction", "blocked", NumberFormat.Percent, r => r.Driver?.BlockFraction),
                new("driver_wait_fraction", "waiting", NumberFormat.Percent, r => r.Driver?.WaitFraction),
                new("guest_cpu_fraction", "Guest CPU", NumberFormat.Percent, r => r.GuestCpu),
                new("guest_cpu_source", "from", NumberFormat.Text, r => r.GuestCpuSource),
                new("guest_block_fraction", "blocked", NumberFormat.Percent, r => r.Guest?.BlockFraction),
                new("guest_wait_fraction", "waiting", NumberFormat.Percent, r => r.Guest?.WaitFraction),
            ]),
        };
    }

    private static string Finding(IReadOnlyList<SweepReading> readings)
    {
        bool isMeasured = readings.Any(IsMeasured), isSimulated = readings.Any(r => !IsMeasured(r));
        IEnumerable<string> peaks = readings.Where(r => r.Combined is not null).GroupBy(r => r.Pair).Select(pair =>
            $"{pair.Key} {string.Join(", simulated it ", pair.GroupBy(r => r.Origin).OrderBy(g => Palette.Place(g.Key)).Select(Peak))}");
        string marks = (isMeasured, isSimulated) switch
        {
            (true, true) => "Points are measured runs, lines simulations",
            (true, false) => "No sweep of these pairs was simulated. Points are measured runs, lines their means",
            _ => "No sweep was measured; lines are simulations",
        };
        return $"Combined score: {string.Join("; ", peaks)}. {marks}; colour is the workload (grey: driver domain or host of a mixed pair), symbol and dash the pair."
            + (isMeasured ? " Only traced runs show switches, pages, blocked and waiting time; measured CPU is from the trace (filled) or from xentop (open)." : "");
    }

    private static string Peak(IGrouping<Origin, SweepReading> readings)
    {
        var byRate = readings.GroupBy(r => r.RateFraction).Select(g => (Rate: g.Key, Combined: g.Average(r => r.Combined!.Value))).ToList();
        (double rate, double best) = byRate.MaxBy(p => p.Combined);
        (double top, double last) = byRate.MaxBy(p => p.Rate);
        return $"peaks at {Show.Number(best)} at the {Show.Level(rate)} rate" + (rate < top ? $" and ends at {Show.Number(last)}" : "");
    }

    private static bool IsMeasured(SweepReading reading) => reading.Origin == Palette.Measured;

    private static Plot Plotted(IReadOnlyList<SweepReading> readings, Palette palette)
    {
        var data = new JsonArray();
        var annotations = new JsonArray();
        var layout = new JsonObject { ["annotations"] = annotations, ["margin"] = new JsonObject { ["t"] = 76 } };
        var named = new HashSet<string>();
        bool isSimulated = readings.Any(r => !IsMeasured(r));
        if (isSimulated)
            data.Add(LineKey());
        int rows = s_panels.Count / Columns;
        foreach ((int i, SweepPanel panel) in s_panels.Index())
        {
            string axis = i == 0 ? "" : $"{i + 1}";
            (int row, int column) = (i / Columns, i % Columns);
            layout["xaxis" + axis] = RateAxis(column, isLast: row == rows - 1, axis);
            layout["yaxis" + axis] = ValueAxis(panel, row, rows, axis);
            annotations.Add(Plot.Note($"<b>({(char)('a' + i)})</b> {panel.Heading}", 0, 1.03, $"x{axis} domain", $"y{axis} domain"));
            foreach (IGrouping<string, SweepReading> series in Series(readings, panel))
                Add(data, series, panel, axis, palette, IndexOfPair(readings, series.First()), isSimulated, showLegend: named.Add(series.Key));
        }

        return new Plot(data, layout) { HeightPx = 760, MinWidthPx = 820 };
    }

    /// <summary>One series per pair and workload; where a panel shows the host, one per pair, read off the first guest of each run.</summary>
    private static IEnumerable<IGrouping<string, SweepReading>> Series(IReadOnlyList<SweepReading> readings, SweepPanel panel) =>
        panel.IsPerGuest
            ? readings.GroupBy(r => r.Pair.IsEqualPair ? r.Pair.ToString() : $"{r.Pair}: {r.Workload}")
            : readings.DistinctBy(r => (r.Origin, r.Run)).GroupBy(r => r.Pair.IsEqualPair ? r.Pair.ToString() : $"{r.Pair}: driver domain, host");

    private static int IndexOfPair(IReadOnlyList<SweepReading> readings, SweepReading reading) =>
        readings.Select(r => r.Pair).Distinct().ToList().IndexOf(reading.Pair);

    /// <summary>Points are measured; the line is the simulation, or, in a figure without any, the mean of the points.</summary>
    private static void Add(
        JsonArray data, IGrouping<string, SweepReading> series, SweepPanel panel, string axis, Palette palette, int pair, bool isSimulated, bool showLegend)
    {
        List<SweepReading> known = [.. series.Where(r => panel.Value(r) is not null)];
        List<SweepReading> dots = [.. known.Where(IsMeasured)];
        SweepReading first = series.First();
        string color = panel.IsPerGuest || first.Pair.IsEqualPair ? palette.Color(first.Workload) : Palette.Neutral;
        string symbol = Palette.SymbolAt(pair);
        List<(double Rate, double Mean)> line =
        [
            .. known.Where(r => IsMeasured(r) != isSimulated).GroupBy(r => r.RateFraction).OrderBy(g => g.Key)
                .Select(g => (g.Key, g.Average(r => panel.Value(r)!.Value))),
        ];
        data.Add(new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "lines",
            ["xaxis"] = "x" + axis,
            ["yaxis"] = "y" + axis,
            ["showlegend"] = false,
            ["x"] = Plot.Numbers(line.Select(m => m.Rate)),
            ["y"] = Plot.Numbers(line.Select(m => m.Mean)),
            ["line"] = new JsonObject { ["color"] = color, ["width"] = 1.6, ["dash"] = SweepReading.Dashes[pair % SweepReading.Dashes.Count] },
            ["hovertext"] = Plot.Words(line.Select(m =>
                $"{Plot.Text(series.Key)}, {(isSimulated ? "simulated" : "mean")} at {Show.Level(m.Rate)}<br>{panel.Title} {panel.Shown(m.Mean)}")),
            ["hoverinfo"] = "text",
        });
        data.Add(new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["xaxis"] = "x" + axis,
            ["yaxis"] = "y" + axis,
            ["name"] = Plot.Text(series.Key),
            ["showlegend"] = showLegend,
            ["x"] = Plot.Numbers(dots.Select(r => r.RateFraction)),
            ["y"] = Plot.Numbers(dots.Select(r => panel.Value(r)!.Value)),
            ["marker"] = new JsonObject
            {
                ["color"] = color, ["size"] = 6.5, ["symbol"] = Plot.Words(dots.Select(r => panel.Source(r) == "xentop" ? symbol + "-open" : symbol)),
            },
            ["hovertext"] = Plot.Words(dots.Select(r =>
                $"{Plot.Text(r.Run)}{(panel.IsPerGuest ? $", {Plot.Text(r.Domain)} {Plot.Text(r.Workload)}" : "")}<br>"
                + $"{panel.Title} {panel.Shown(panel.Value(r))}" + (panel.Source(r) is { } source ? $" ({source})" : ""))),
            ["hoverinfo"] = "text",
        });
    }

    /// <summary>Legend entry of simulated lines.</summary>
    internal static JsonObject LineKey()
    {
        JsonObject key = Plot.Key("simulated", "scatter", []);
        key["mode"] = "lines";
        key["line"] = new JsonObject { ["color"] = Palette.Neutral, ["width"] = 1.6 };
        return key;
    }

    private static JsonObject RateAxis(int column, bool isLast, string axis)
    {
        double width = (1 - (0.06 * (Columns - 1))) / Columns, from = column * (width + 0.06);
        JsonObject x = Plot.Axis(isLast ? "workload rate, % of saturation" : "");
        x["anchor"] = "y" + axis;
        x["domain"] = new JsonArray(from, from + width);
        x["range"] = new JsonArray(0, 1.06);
        x["dtick"] = 0.2;
        x["tickformat"] = ".0%";
        x["showticklabels"] = isLast;
        return x;
    }

    private static JsonObject ValueAxis(SweepPanel panel, int row, int rows, string axis)
    {
        const double Gap = 0.09;
        double height = (1 - (Gap * (rows - 1))) / rows, top = 1 - (row * (height + Gap));
        JsonObject y = panel.IsFraction ? Plot.PercentAxis("") : Plot.Axis("");
        y["anchor"] = "x" + axis;
        y["domain"] = new JsonArray(Math.Max(0, top - height), top);
        y["rangemode"] = "tozero";
        return y;
    }

    private sealed record SweepPanel(
        string Title, string Unit, bool IsFraction, bool IsPerGuest, Func<SweepReading, double?> Value, Func<SweepReading, string?> Source)
    {
        public string Heading => Unit.Length == 0 ? Title : $"{Title}, {Unit}";

        public string Shown(double? value) => IsFraction ? Show.Percent(value) : Show.Number(value);
    }
}
