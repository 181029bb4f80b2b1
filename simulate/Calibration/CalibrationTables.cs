using Colocate.Model.Tables;

namespace Colocate.Simulate.Calibration;

/// <summary>The table rows that a calibration reads, in any order. Rows of runs with more than one loaded guest are passed over.</summary>
public sealed record CalibrationTables
{
    /// <summary>Table <c>runs</c>.</summary>
    public required IReadOnlyList<RunRow> Runs { get; init; }

    /// <summary>Table <c>run_domains</c>.</summary>
    public required IReadOnlyList<RunDomainRow> Domains { get; init; }

    /// <summary>Table <c>client_results</c>.</summary>
    public required IReadOnlyList<ClientResultRow> Clients { get; init; }

    /// <summary>Table <c>domain_metrics</c>.</summary>
    public required IReadOnlyList<DomainMetricsRow> DomainMetrics { get; init; }

    /// <summary>Table <c>host_metrics</c>.</summary>
    public required IReadOnlyList<HostMetricsRow> HostMetrics { get; init; }
}
