using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>The paper's Fig. 5: network throughput of a pair over the workload rate, with the range in which it no longer changes.</summary>
public sealed class NetworkFigure : IFigure
{
    /// <summary>Throughput counts as flat down to this much below its peak: as much as base cases that repeat well may differ.</summary>
    private const double FlatFraction = 0.10;

    /// <inheritdoc/>
    public string Id => "network";

    /// <inheritdoc/>
    public string Question => "From which rate on does the network carry no more?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads => NetworkReading.Reads;

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        IReadOnlyList<NetworkReading> readings = NetworkReading.All(tables);
        if (readings.Count == 0)
            return new Drawing("No pair was swept with clients that report their bytes, so network throughput is unknown.");
        List<Curve> curves =
        [
            .. readings.GroupBy(r => (r.Pair, r.Origin)).OrderBy(g => g.Key.Pair).ThenBy(g => Palette.Place(g.Key.Origin))
                .Select(g => Curve.Of(g.Key.Pair, g.Key.Origin, g)),
        ];
        IEnumerable<string> pairs = curves.GroupBy(c => c.Pair).Select(pair => $"{pair.Key} {string.Join(", ", pair.Select(c => c.Summary))}");
        List<WorkloadPair> drawn = SweepReading.Drawn(readings.Select(r => r.Pair), out string? omitted);
        return new Drawing($"{string.Join("; ", pairs)}. "
            + $"Wide bands mark where throughput is within {Show.Level(FlatFraction)} of its peak; points are measured runs, "
            + (curves.Any(c => c.Origin == Palette.Simulated) ? "lines simulations." : "lines their means; no sweep of these pairs was simulated."))
        {
            Omitted = omitted,
            Plot = Plotted(readings, [.. curves.Where(c => drawn.Contains(c.Pair))], new Palette(tables)),
            Numbers = NumberTable.Of<NetworkReading>(readings,
            [
                new("run", "Run or scenario", NumberFormat.Text, r => r.Run),
                new("origin", "Origin", NumberFormat.Text, r => r.Origin.Name),
                new("pair", "Pair", NumberFormat.Text, r => r.Pair.ToString()),
                new("rate_fraction", "Rate", NumberFormat.Percent, r => r.RateFraction),
                new("net_kb_per_s", "Network, KiB/s", NumberFormat.Rate, r => r.NetKbPerS),
            ]),
        };
    }

    private static Plot Plotted(IReadOnlyList<NetworkReading> readings, List<Curve> curves, Palette palette)
    {
        bool isSimulated = curves.Any(c => c.Origin == Palette.Simulated);
        var data = new JsonArray();
        if (isSimulated)
            data.Add(SweepFigure.LineKey());
        foreach ((int i, IGrouping<WorkloadPair, Curve> pair) in curves.GroupBy(c => c.Pair).Index())
        {
            string color = pair.Key.IsEqualPair ? palette.Color(pair.Key.A) : Palette.Neutral;
            if (pair.FirstOrDefault(c => c.Origin == Palette.Measured) is { } measured)
                data.Add(Line(measured.Means.Where(m => m.Rate >= measured.From && m.Rate <= measured.To), color, 11, "solid", opacity: 0.25));
            if (pair.FirstOrDefault(c => c.Origin == Palette.Simulated == isSimulated) is { } line)
                data.Add(Line(line.Means, color, 1.6, SweepReading.Dashes[i % SweepReading.Dashes.Count], opacity: 1));
            data.Add(Dots(pair.Key, [.. readings.Where(r => r.Pair == pair.Key && r.Origin == Palette.Measured)], color, Palette.SymbolAt(i)));
        }

        JsonObject x = Plot.PercentAxis("workload rate, % of saturation"), y = Plot.Axis("network throughput, KiB/s");
        x["range"] = new JsonArray(0, 1.06);
        y["rangemode"] = "tozero";
        return new Plot(data, new JsonObject { ["xaxis"] = x, ["yaxis"] = y });
    }

    private static JsonObject Line(IEnumerable<(double Rate, double Mean)> points, string color, double width, string dash, double opacity) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["showlegend"] = false,
        ["x"] = Plot.Numbers(points.Select(p => p.Rate)),
        ["y"] = Plot.Numbers(points.Select(p => p.Mean)),
        ["line"] = new JsonObject { ["color"] = color, ["width"] = width, ["dash"] = dash },
        ["opacity"] = opacity,
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Dots(WorkloadPair pair, List<NetworkReading> dots, string color, string symbol) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = Plot.Text(pair.ToString()),
        ["showlegend"] = true,
        ["x"] = Plot.Numbers(dots.Select(r => r.RateFraction)),
        ["y"] = Plot.Numbers(dots.Select(r => r.NetKbPerS)),
        ["marker"] = new JsonObject { ["color"] = color, ["symbol"] = symbol, ["size"] = 7 },
        ["hovertext"] = Plot.Words(dots.Select(r => $"{Plot.Text(r.Run)}<br>{Show.Number(r.NetKbPerS)} KiB/s at {Show.Level(r.RateFraction)}")),
        ["hoverinfo"] = "text",
    };

    /// <summary>Mean throughput by rate, and the rates around its peak between which it stays flat.</summary>
    private sealed record Curve(WorkloadPair Pair, Origin Origin, IReadOnlyList<(double Rate, double Mean)> Means, double Peak, double From, double To)
    {
        public string Summary => $"{Origin.Name} at most {Show.Value(Peak)} KiB/s, "
            + (From < To ? $"flat from the {Show.Level(From)} to the {Show.Level(To)} rate" : $"only at the {Show.Level(From)} rate");

        public static Curve Of(WorkloadPair pair, Origin origin, IEnumerable<NetworkReading> readings)
        {
            List<(double Rate, double Mean)> means =
                [.. readings.GroupBy(r => r.RateFraction).OrderBy(g => g.Key).Select(g => (g.Key, g.Average(r => r.NetKbPerS)))];
            double peak = means.Max(m => m.Mean);
            int first = means.FindIndex(m => m.Mean == peak), last = first;
            while (first > 0 && IsFlat(first - 1))
                first--;
            while (last < means.Count - 1 && IsFlat(last + 1))
                last++;
            return new Curve(pair, origin, means, peak, means[first].Rate, means[last].Rate);

            bool IsFlat(int i) => means[i].Mean >= (1 - FlatFraction) * peak;
        }
    }
}
