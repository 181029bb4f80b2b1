using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>A point of a profile curve: one parameter held, all others at their best.</summary>
/// <param name="Parameter">The parameter held.</param>
/// <param name="Value">Where, in its unit.</param>
/// <param name="Loss">Least loss found, prior included.</param>
/// <param name="Expected">Loss that a parabola with the standard error expects there.</param>
public sealed record ProfilePoint(FittedParameter Parameter, double Value, double Loss, double Expected);
