using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>CPU of each domain from xentop against the same from the trace: two tools that share no code.</summary>
public sealed class CpuAgreementFigure : IFigure
{
    /// <inheritdoc/>
    public string Id => "cpu-agreement";

    /// <inheritdoc/>
    public string Question => "Do xentrace and xentop agree on who used the CPU?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads => CpuReading.Reads;

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        List<CpuReading> readings = [.. CpuReading.All(tables).Where(r => r.Difference is not null)];
        if (readings.Count == 0)
            return new Drawing("No domain was seen by both tools in one run, so their agreement cannot be checked.");
        var palette = new Palette(tables);
        int close = readings.Count(r => Math.Abs(r.Difference!.Value) <= DifferencePlot.Limit);
        CpuReading widest = readings.MaxBy(r => Math.Abs(r.Difference!.Value))!;
        string finding = $"{close} of {Show.Count(readings.Count, "reading")} {(readings.Count == 1 ? "agrees" : "agree")} within five points (dotted lines); the mean difference is "
            + $"{Show.Points(readings.Average(r => r.Difference!.Value))} points. "
            + $"Furthest apart: {widest.Domain} in {widest.Run}, {Show.Points(widest.Difference)} points.";
        List<CpuReading> drawn = Largest.Of(readings, DifferencePlot.MostDots, r => Math.Abs(r.Difference!.Value), "readings furthest apart", out string? omitted);
        return new Drawing(finding)
        {
            Omitted = omitted,
            Verdict = close == readings.Count ? Verdict.Yes : Verdict.WithCare,
            Plot = DifferencePlot.Draw(
                drawn.Select(r => new DifferenceDot(
                    r.IsDriver ? "driver domain" : r.Workload ?? "guest",
                    palette.Color(r.Workload),
                    palette.Symbol(r.Workload),
                    r.TraceFraction!.Value,
                    r.Difference!.Value,
                    $"{Plot.Text(r.Run)}, {Plot.Text(r.Domain)}<br>trace {Show.Percent(r.TraceFraction)}, xentop {Show.Percent(r.XentopFraction)}")),
                "CPU from the trace, % of one pcpu", "xentop \u2212 trace, points"),
            Numbers = NumberTable.Of<CpuReading>(readings,
            [
                new("run", "Run", NumberFormat.Text, r => r.Run),
                new("domain", "Domain", NumberFormat.Text, r => r.Domain),
                new("workload", "Workload", NumberFormat.Text, r => r.Workload),
                new("trace_cpu_fraction", "Trace", NumberFormat.Percent, r => r.TraceFraction),
                new("xentop_cpu_fraction", "xentop", NumberFormat.Percent, r => r.XentopFraction),
                new("xentop_samples", "Samples", NumberFormat.Count, r => r.XentopSamples),
                new("difference_fraction", "Difference, points", NumberFormat.Points, r => r.Difference),
            ]),
        };
    }
}
