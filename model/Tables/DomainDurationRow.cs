namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>How long single waits and runs of a domain's vcpus lasted.</summary>
[Table("domain_durations", "How long single waits and runs of a domain's vcpus lasted. Percentiles are of the number of waits or runs, not of their time, and exact to 1/64.")]
public sealed record DomainDurationRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name; idle for the idle domain.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Id, "Domain id.")]
    public int Domid { get; init; }

    [Column(Unit.Name, "wake_to_run (from a wake until it has a pcpu), preempted_to_run (from a preemption until it has one again) or run (from having a pcpu until it leaves it).")]
    public string Measure { get; init; } = "";

    [Column(Unit.Count, "How many began and ended within the trace, with no records lost between.")]
    public long Durations { get; init; }

    [Column(Unit.Microseconds, "Mean length.", NullMeans = "there is none, or no TSC frequency is known", ReasonIn = nameof(DurationsReason))]
    public double? MeanUs { get; init; }

    [Column(Unit.Microseconds, "5th percentile.", NullMeans = "there is none, or no TSC frequency is known", ReasonIn = nameof(DurationsReason))]
    public double? P5Us { get; init; }

    [Column(Unit.Microseconds, "Median length.", NullMeans = "there is none, or no TSC frequency is known", ReasonIn = nameof(DurationsReason))]
    public double? P50Us { get; init; }

    [Column(Unit.Microseconds, "90th percentile.", NullMeans = "there is none, or no TSC frequency is known", ReasonIn = nameof(DurationsReason))]
    public double? P90Us { get; init; }

    [Column(Unit.Microseconds, "95th percentile.", NullMeans = "there is none, or no TSC frequency is known", ReasonIn = nameof(DurationsReason))]
    public double? P95Us { get; init; }

    [Column(Unit.Microseconds, "99th percentile.", NullMeans = "there is none, or no TSC frequency is known", ReasonIn = nameof(DurationsReason))]
    public double? P99Us { get; init; }

    [Column(Unit.Microseconds, "99.9th percentile.", NullMeans = "there is none, or no TSC frequency is known", ReasonIn = nameof(DurationsReason))]
    public double? P999Us { get; init; }

    [Column(Unit.Microseconds, "The longest, exactly.", NullMeans = "there is none, or no TSC frequency is known", ReasonIn = nameof(DurationsReason))]
    public double? MaxUs { get; init; }

    [Column(Unit.Text, "Why they are unknown.", NullMeans = "they are known")]
    public string? DurationsReason { get; init; }
}
