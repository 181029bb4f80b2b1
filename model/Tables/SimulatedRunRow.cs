namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One simulated scenario: means over its replicas.</summary>
[Table("simulated_runs", "One simulated scenario: means over its replicas.")]
public sealed record SimulatedRunRow : HostMeasures
{
    [Column(Unit.Id, "Scenario: pair/A+B, sweep/A+B@RATE, like/RUN.")]
    public string Scenario { get; init; } = "";

    [Column(Unit.Name, "pair: two saturated; sweep: a pair at a fraction of its rates; like: a measured run at its own offered rates.")]
    public string Kind { get; init; } = "";

    [Column(Unit.Id, "The measured run that was repeated.", NullMeans = "not of kind like")]
    public string? LikeRun { get; init; }

    [Column(Unit.Fraction, "Nominal load; 1 = saturation.", NullMeans = "the repeated run has no such notion")]
    public double? RateFraction { get; init; }

    [Column(Unit.Score, "Sum of T / B over the loaded guests, mean over replicas.", NullMeans = "a workload has no base case")]
    public double? Combined { get; init; }

    [Column(Unit.Score, "Where one more run would lie, lower end: Student's prediction interval over the replicas.", NullMeans = "a workload has no base case, or there is one replica")]
    public double? CombinedLow { get; init; }

    [Column(Unit.Score, "Where one more run would lie, upper end.", NullMeans = "a workload has no base case, or there is one replica")]
    public double? CombinedHigh { get; init; }

    [Column(Unit.Score, "Standard error of the mean over replicas: how far chance alone may have moved it.", NullMeans = "a workload has no base case, or there is one replica")]
    public double? CombinedStandardError { get; init; }

    [Column(Unit.Fraction, "Level of that interval.")]
    public double Level { get; init; }

    [Column(Unit.Count, "Replicas, each with random numbers and a CPU speed of its own, and a parameter vector where several were accepted.")]
    public int Replicas { get; init; }

    [Column(Unit.Seconds, "Simulated time of one replica, for which clients offered load.")]
    public double SimulatedS { get; init; }

    [Column(Unit.Count, "Simulation events of all replicas.")]
    public long SimEvents { get; init; }
}
