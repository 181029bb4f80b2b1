namespace Colocate.Simulate.Calibration;

/// <summary>A combination of parameters: an eigenvector of the Gauss-Newton matrix, in standard deviations of the prior.</summary>
/// <param name="Eigenvalue">What the runs say of it, in units of what the prior says: below 1 they say less.</param>
/// <param name="Loadings">The unit vector; its sign, which means nothing, makes the largest loading positive.</param>
public sealed record ParameterDirection(double Eigenvalue, IReadOnlyList<double> Loadings);
