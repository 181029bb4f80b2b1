using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Predict.Models;
using Colocate.Predict.Placement;

namespace Colocate.Cli.Report.Figures;

/// <summary>
/// Two guests of each workload on as many hosts as there are workloads, so that the sum of all scores is greatest: a workload may sit beside itself. What was
/// measured counts as measured, the rest as predicted.
/// </summary>
public sealed class PlacementFigure : IFigure
{
    private const string Predicted = "predicted";

    /// <summary>Hosts that are drawn at most.</summary>
    private const int MostHosts = 60;

    /// <inheritdoc/>
    public string Id => "placement";

    /// <inheritdoc/>
    public string Question => "Who should sit beside whom?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<PairScoreRow>(), Table.Of<PredictionRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        Dictionary<WorkloadPair, PairPrediction> known = Known(tables);
        List<string> workloads = [];
        foreach (string workload in known.Keys.SelectMany(p => new[] { p.A, p.B }).Distinct().Order(WorkloadOrder.Instance))
        {
            if (workloads.Append(workload).All(other => known.ContainsKey(WorkloadPair.Of(workload, other))))
                workloads.Add(workload);
        }

        if (workloads.Count < 2)
            return new Drawing("There are no two workloads of which every pair, each beside itself included, was measured or predicted, so nobody can be placed.");
        List<string> guests = [.. workloads.SelectMany(w => new[] { w, w })];
        Placement placement = Placer.Place(new PlacementRequest { Guests = guests, Hosts = workloads.Count }, (a, b) => known[WorkloadPair.Of(a, b)]);
        List<HostRow> hosts = [.. placement.Hosts.Select(h => new HostRow(h.Number, [.. h.Guests.Select(g => guests[g])], h.Score, Answer(h)))];
        List<HostRow> drawn = Largest.Of(hosts, MostHosts, h => -h.Score.Combined, "hosts with the least score", out string? omitted);
        return new Drawing(Finding(placement, hosts, workloads.Count))
        {
            Omitted = omitted,
            Plot = Plotted(drawn, new Palette(tables)),
            Numbers = NumberTable.Of<HostRow>(hosts,
            [
                new("host", "Host", NumberFormat.Count, h => h.Number),
                new("workload_a", "First guest", NumberFormat.Text, h => h.Workloads[0]),
                new("workload_b", "Second guest", NumberFormat.Text, h => h.Workloads.ElementAtOrDefault(1)),
                new("combined", "Combined score", NumberFormat.Score, h => h.Score.Combined),
                new("score_a", "T/B of the first", NumberFormat.Score, h => h.Score.Scores[0]),
                new("score_b", "T/B of the second", NumberFormat.Score, h => h.Score.Scores.Count > 1 ? h.Score.Scores[1] : null),
                new("low", "from", NumberFormat.Score, h => h.Source == Predicted ? h.Score.Low : null),
                new("high", "to", NumberFormat.Score, h => h.Source == Predicted ? h.Answer!.High : null),
                new("source", "Known by", NumberFormat.Text, h => h.Source),
            ]),
        };

        PairPrediction? Answer(PlacedHost host) => host.Guests is [int a, int b] ? known[WorkloadPair.Of(guests[a], guests[b])] : null;
    }

    private static Dictionary<WorkloadPair, PairPrediction> Known(ReportTables tables) => PairAnswer.All(tables)
        .Where(p => p.Measured is not null || p.Predicted is not null)
        .ToDictionary(p => p.Pair, p => new PairPrediction
        {
            WorkloadA = p.Pair.A,
            WorkloadB = p.Pair.B,
            Combined = p.Combined,
            Low = p.Measured is null ? p.Predicted!.Low : p.Combined,
            High = p.Measured is null ? p.Predicted!.High : p.Combined,
            Level = p.Predicted?.Level ?? 0.9,
            ScoreA = p.ScoreA,
            ScoreB = p.ScoreB,
            LowA = p.ScoreA,
            LowB = p.ScoreB,
            HighA = p.ScoreA,
            HighB = p.ScoreB,
            Measured = p.Measured?.CombinedMean,
            Trainer = p.Predicted?.Trainer ?? "",
        });

    private static string Finding(Placement placement, List<HostRow> hosts, int workloads)
    {
        HostRow best = hosts.MaxBy(h => h.Score.Combined)!, worst = hosts.MinBy(h => h.Score.Combined)!;
        int predicted = hosts.Count(h => h.Source == Predicted);
        string next = placement.MeasureNext is { } pair
            ? $" The pair whose measurement would help most is {WorkloadPair.Of(pair.WorkloadA, pair.WorkloadB)}: the total is expected to rise by {Show.Fine(pair.ExpectedGain)}."
            : " No single measurement is expected to raise it by a thousandth.";
        return $"Two guests of each of {Show.Count(workloads, "workload")} on {Show.Count(workloads, "host")}, placed best, score {Show.Number(placement.Total)} in all; "
            + $"placed at random {Show.Number(placement.RandomTotal)} on average, best pair first {Show.Number(placement.GreedyTotal)}. "
            + $"Best is {best.Name} with {Show.Number(best.Score.Combined)}, worst {worst.Name} with {Show.Number(worst.Score.Combined)}; "
            + (predicted == 0 ? "every score was measured." : $"{Show.Count(predicted, "host")} {(predicted == 1 ? "rests" : "rest")} on a prediction (hatched).") + next;
    }

    private static Plot Plotted(List<HostRow> hosts, Palette palette)
    {
        var data = new JsonArray();
        foreach (string workload in hosts.SelectMany(h => h.Workloads).Distinct().Order(WorkloadOrder.Instance))
            data.Add(Plot.Key(workload, "bar", new JsonObject { ["color"] = palette.Color(workload) }));
        if (hosts.Any(h => h.Source == Predicted))
            data.Add(Plot.Key("never measured", "bar", HalfBar.Hatched(Palette.Neutral)));
        for (int guest = 0; guest < 2; guest++)
        {
            foreach (IGrouping<bool, (int Y, HostRow Host)> bars in hosts.Index().Where(h => h.Item.Workloads.Count > guest).GroupBy(h => h.Item.Source == Predicted).OrderBy(g => g.Key))
                data.Add(Half([.. bars], guest, bars.Key, palette));
        }

        JsonObject y = Plot.NamedAxis([.. hosts.Select(h => h.Name)]);
        y["range"] = new JsonArray(hosts.Count - 0.4, -0.6);
        y["ticktext"] = Plot.Words(hosts.Select(h => $"{h.Number}: {Plot.Text(h.Name, 40)}  <b>{Show.Number(h.Score.Combined)}</b>"));
        JsonObject x = Plot.Axis("combined score  T₁/B₁ + T₂/B₂");
        x["rangemode"] = "tozero";
        JsonObject turns = Plot.Line(1, 0, 1, 1, yref: "y domain");
        turns["layer"] = "above";
        return new Plot(data, new JsonObject
        {
            ["barmode"] = "stack",
            ["xaxis"] = x,
            ["yaxis"] = y,
            ["margin"] = new JsonObject { ["t"] = 64 },
            ["shapes"] = new JsonArray(turns),
            ["annotations"] = new JsonArray(Plot.Note("taking turns", 1, 0, "x", "y domain", xanchor: "left", yanchor: "bottom")),
        }) { HeightPx = 150 + (30 * hosts.Count) };
    }

    private static JsonObject Half((int Y, HostRow Host)[] bars, int guest, bool isPredicted, Palette palette)
    {
        JsonArray colors = Plot.Words(bars.Select(b => palette.Color(b.Host.Workloads[guest])));
        return new JsonObject
        {
            ["type"] = "bar",
            ["orientation"] = "h",
            ["showlegend"] = false,
            ["x"] = Plot.Numbers(bars.Select(b => b.Host.Score.Scores[guest])),
            ["y"] = Plot.Numbers(bars.Select(b => (double)b.Y)),
            ["marker"] = isPredicted ? HalfBar.Hatched(colors) : HalfBar.Solid(colors),
            ["hovertext"] = Plot.Words(bars.Select(b =>
                $"<b>{Plot.Text(b.Host.Workloads[guest])}</b> on host {b.Host.Number}: {Show.Number(b.Host.Score.Scores[guest])}, {b.Host.Source}")),
            ["hoverinfo"] = "text",
        };
    }

    private sealed record HostRow(int Number, IReadOnlyList<string> Workloads, HostScore Score, PairPrediction? Answer)
    {
        public string Name => Workloads.Count == 1 ? Workloads[0] : WorkloadPair.Of(Workloads[0], Workloads[1]).ToString();

        public string Source => Answer is null ? "alone" : Answer.Measured is null ? Predicted : "measured";
    }
}
