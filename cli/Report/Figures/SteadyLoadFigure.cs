using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Whether the traced window was steady: mean CPU of its second half minus that of its first.</summary>
public sealed class SteadyLoadFigure : IFigure
{
    /// <summary>Seconds that a half must hold to be averaged.</summary>
    private const int SecondsPerHalf = 2;

    /// <inheritdoc/>
    public string Id => "steady-load";

    /// <inheritdoc/>
    public string Question => "Was the load steady while it was traced?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<DomainIntervalRow>(), Table.Of<HostIntervalRow>(), Table.Of<RunDomainRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        Dictionary<(string, string), RunDomainRow> domains = tables.RunDomains.DistinctBy(d => (d.Run, d.Domain)).ToDictionary(d => (d.Run, d.Domain));
        List<Drift> drifts =
        [
            .. from second in tables.HostIntervals
               group (second.IntervalIndex, second.WindowS, second.CpuFraction) by second.Run into run
               let drift = Of(run.Key, "host", null, "whole host", run)
               where drift is not null
               select drift,
            .. from second in tables.DomainIntervals
               group (second.IntervalIndex, second.WindowS, second.CpuFraction) by (second.Run, second.Domain) into seconds
               let domain = domains.GetValueOrDefault(seconds.Key)
               let series = domain?.Role == "driver" ? "driver domain" : domain?.Workload ?? "guest"
               let drift = Of(seconds.Key.Run, seconds.Key.Domain, domain?.Workload, series, seconds)
               where drift is not null
               select drift,
        ];
        if (drifts.Count == 0)
            return new Drawing("No trace lasts four whole seconds, so a drift inside a run cannot be told from its noise.");
        var palette = new Palette(tables);
        int steady = drifts.Count(d => Math.Abs(d.Points) <= DifferencePlot.Limit);
        Drift widest = drifts.MaxBy(d => Math.Abs(d.Points))!;
        string finding = $"In {steady} of {Show.Count(drifts.Count, "case")} the second half of the window uses as much CPU as the first, within five points "
            + $"(dotted lines). The largest drift: {widest.Domain} in {widest.Run}, {Show.Points(widest.Points)} points.";
        List<Drift> drawn = Largest.Of(drifts, DifferencePlot.MostDots, d => Math.Abs(d.Points), "largest drifts", out string? omitted);
        return new Drawing(finding)
        {
            Omitted = omitted,
            Verdict = steady == drifts.Count ? Verdict.Yes : Verdict.WithCare,
            Plot = DifferencePlot.Draw(
                drawn.Select(d => new DifferenceDot(
                    d.Series,
                    palette.Color(d.Workload),
                    d.Domain == "host" ? "circle-open" : palette.Symbol(d.Workload),
                    d.Fraction,
                    d.Points,
                    $"{Plot.Text(d.Run)}, {Plot.Text(d.Domain)}<br>{Show.Percent(d.Fraction)}, drift {Show.Points(d.Points)} points")),
                "CPU over the whole window, %", "second \u2212 first half, points"),
            Numbers = NumberTable.Of<Drift>(drifts,
            [
                new("run", "Run", NumberFormat.Text, d => d.Run),
                new("domain", "Domain", NumberFormat.Text, d => d.Domain),
                new("workload", "Workload", NumberFormat.Text, d => d.Workload),
                new("seconds", "Whole seconds", NumberFormat.Count, d => d.Seconds),
                new("cpu_fraction", "CPU", NumberFormat.Percent, d => d.Fraction),
                new("drift_fraction", "Drift, points", NumberFormat.Points, d => d.Points),
            ]),
        };
    }

    private static Drift? Of(string run, string domain, string? workload, string series, IEnumerable<(int Index, double WindowS, double? Cpu)> seconds)
    {
        // A last interval that is cut short weighs as much as a whole one in the mean, so it is left out.
        double[] cpu = [.. seconds.Where(s => s.WindowS > 0.99 && s.Cpu is not null).OrderBy(s => s.Index).Select(s => s.Cpu!.Value)];
        int half = cpu.Length / 2;
        return half < SecondsPerHalf
            ? null
            : new Drift(run, domain, workload, series, cpu.Length, cpu.Average(), cpu[^half..].Average() - cpu[..half].Average());
    }

    private sealed record Drift(string Run, string Domain, string? Workload, string Series, int Seconds, double Fraction, double Points);
}
