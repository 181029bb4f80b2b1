using Colocate.Model.Tables;

namespace Colocate.Predict.Profiles;

/// <summary>The table rows that solo profiles are made of, in any order; rows of other runs than saturated base runs are passed over.</summary>
public sealed record SoloTables
{
    /// <summary>Table <c>runs</c>: says which runs count, and the rate of the network card.</summary>
    public required IReadOnlyList<RunRow> Runs { get; init; }

    /// <summary>Table <c>run_domains</c>: says which domain drives the card and which guest is loaded.</summary>
    public required IReadOnlyList<RunDomainRow> Domains { get; init; }

    /// <summary>Table <c>base_cases</c>: B of each workload and campaign.</summary>
    public required IReadOnlyList<BaseCaseRow> BaseCases { get; init; }

    /// <summary>Table <c>client_results</c>.</summary>
    public IReadOnlyList<ClientResultRow> Clients { get; init; } = [];

    /// <summary>Table <c>host_metrics</c>.</summary>
    public IReadOnlyList<HostMetricsRow> Hosts { get; init; } = [];

    /// <summary>Table <c>domain_metrics</c>.</summary>
    public IReadOnlyList<DomainMetricsRow> DomainMetrics { get; init; } = [];
}
