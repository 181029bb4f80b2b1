using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>CPU of one domain in one run as two tools saw it: xentrace (run-state records) and xentop (samples inside the load window).</summary>
/// <param name="Run">Run.</param>
/// <param name="Domain">Domain.</param>
/// <param name="IsDriver">True for the driver domain.</param>
/// <param name="Workload">Workload of a guest; null for the driver domain.</param>
/// <param name="TraceFraction">CPU of one pcpu from the trace, 0..vcpus; null without a usable trace.</param>
/// <param name="XentopFraction">Mean of xentop's samples inside the load window, 0..vcpus; null without samples.</param>
/// <param name="XentopSamples">Number of those samples.</param>
public sealed record CpuReading(
    string Run, string Domain, bool IsDriver, string? Workload, double? TraceFraction, double? XentopFraction, int XentopSamples)
{
    /// <summary>The tables that readings are made from.</summary>
    public static IReadOnlyList<Table> Reads { get; } = [Table.Of<RunDomainRow>(), Table.Of<DomainMetricsRow>(), Table.Of<XentopSampleRow>()];

    /// <summary>xentop minus trace; null when either is unknown.</summary>
    public double? Difference => XentopFraction - TraceFraction;

    /// <summary>The better of the two: trace, else xentop; null when neither saw the domain.</summary>
    public double? Fraction => TraceFraction ?? XentopFraction;

    /// <summary>Where <see cref="Fraction"/> comes from: trace or xentop; null for neither.</summary>
    public string? Source => TraceFraction is not null ? "trace" : XentopFraction is not null ? "xentop" : null;

    /// <summary>One reading per domain of a run, in manifest order.</summary>
    public static IReadOnlyList<CpuReading> All(ReportTables tables)
    {
        Dictionary<(string, string), double?> traced = tables.DomainMetrics
            .Where(m => m.CpuSource == "trace")
            .DistinctBy(m => (m.Run, m.Domain)).ToDictionary(m => (m.Run, m.Domain), m => m.CpuFraction);
        ILookup<(string, string), double> sampled = tables.XentopSamples
            .Where(s => s.InLoadWindow && s.CpuFraction is not null)
            .ToLookup(s => (s.Run, s.Domain), s => s.CpuFraction!.Value);
        return
        [
            .. tables.RunDomains.Select(d =>
            {
                List<double> samples = [.. sampled[(d.Run, d.Domain)]];
                return new CpuReading(d.Run, d.Domain, d.Role == "driver", d.Workload,
                    traced.GetValueOrDefault((d.Run, d.Domain)), samples.Count == 0 ? null : samples.Average(), samples.Count);
            }),
        ];
    }
}
