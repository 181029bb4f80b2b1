using System.Collections.ObjectModel;

namespace Colocate.Simulate.Parameters;

/// <summary>A parameter vector that explains the runs about as well as the best fit.</summary>
/// <param name="Parameters">The parameters; those not fitted have the best fit's values.</param>
/// <param name="Loss">Its loss while searching, prior included; squared tolerances.</param>
public sealed record AcceptedVector(HostParameters Parameters, double Loss)
{
    /// <summary>B of each workload as simulated with this vector, 1/s: scores are held against what the same parameters give alone. Empty until a host was made of it.</summary>
    public IReadOnlyDictionary<string, double> SimulatedBasePerS { get; init; } = ReadOnlyDictionary<string, double>.Empty;
}
