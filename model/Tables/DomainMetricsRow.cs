namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>The eight metrics of one domain over the whole window of a run.</summary>
[Table("domain_metrics", "The eight metrics of one domain over the whole window of a run.")]
public sealed record DomainMetricsRow : DomainMeasures
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Id, "Domain id.")]
    public int Domid { get; init; }

    [Column(Unit.Seconds, "Length of the window: first to last record of the trace.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? WindowS { get; init; }
}
