namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>What the measures of a domain and of the whole host have in common.</summary>
public abstract record Measures
{
    [Column(Unit.Name, "M: from run-state records; C: as XenMon counts, in its logs, in published tables, and from records of switches where a trace has no run states.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public string? Method { get; init; }

    [Column(Unit.Text, "Why there is no method, or why it does not tell the measures that are null.", NullMeans = "there is one, and it tells them")]
    public string? MethodReason { get; init; }

    [Column(Unit.Fraction, "CPU time / window: of one pcpu for a domain (exceeds 1 when several vcpus run at once), of all pcpus for the host.", NullMeans = "neither trace nor xentop", ReasonIn = nameof(MethodReason))]
    public double? CpuFraction { get; init; }

    [Column(Unit.Name, "trace, xenmon, xentop, published or simulated.", NullMeans = "neither", ReasonIn = nameof(MethodReason))]
    public string? CpuSource { get; init; }

    [Column(Unit.Flag, "True when more than 0.1 % of the window was lost.")]
    public bool Lossy { get; init; }
}
