namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One domain of a simulated scenario: means over its replicas.</summary>
[Table("simulated_domains", "One domain of a simulated scenario: means over its replicas.")]
public sealed record SimulatedDomainRow : DomainMeasures
{
    [Column(Unit.Id, "Scenario, as in simulated_runs.")]
    public string Scenario { get; init; } = "";

    [Column(Unit.Name, "Domain.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Index, "Place in the scenario; the driver domain is 0.")]
    public int DomainIndex { get; init; }

    [Column(Unit.Name, "Workload; idle when not loaded.", NullMeans = "driver domain")]
    public string? Workload { get; init; }

    [Column(Unit.PerSecond, "Requests that the client offered.", NullMeans = "not loaded")]
    public double? OfferedPerS { get; init; }

    [Column(Unit.PerSecond, "T: complete replies / test duration.", NullMeans = "not loaded")]
    public double? ThroughputPerS { get; init; }

    [Column(Unit.PerSecond, "B: simulated throughput of the workload alone, over the base runs of the calibration.", NullMeans = "not loaded, or no base case")]
    public double? BasePerS { get; init; }

    [Column(Unit.Score, "T / B.", NullMeans = "not loaded, or no base case")]
    public double? Score { get; init; }

    [Column(Unit.Milliseconds, "Mean time from request to last byte of the reply.", NullMeans = "not loaded, or no reply")]
    public double? ReplyMs { get; init; }

    [Column(Unit.Milliseconds, "Mean time from request to first byte of the reply.", NullMeans = "not loaded, or no reply began")]
    public double? FirstByteMs { get; init; }

    [Column(Unit.Fraction, "Wakes that gave the domain the scheduler's boost, per execution.", NullMeans = "the driver domain, or the scheduler knows no boost")]
    public double? BoostedWakesPerExecution { get; init; }

    [Column(Unit.KibibytesPerSecond, "Application bytes in both directions.", NullMeans = "not loaded")]
    public double? NetKbPerS { get; init; }
}
