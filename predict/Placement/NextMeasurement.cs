namespace Colocate.Predict.Placement;

/// <summary>A pair whose measurement is worth most for a placement.</summary>
/// <param name="WorkloadA">First workload.</param>
/// <param name="WorkloadB">Second workload.</param>
/// <param name="ExpectedGain">By how much the total of the placement is expected to rise once the pair's score is known, above 0.001.</param>
public sealed record NextMeasurement(string WorkloadA, string WorkloadB, double ExpectedGain);
