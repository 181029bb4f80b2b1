using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>What the runs tell of the parameters, around the best fit.</summary>
/// <param name="Fitted">The fitted parameters, in the order of all vectors and matrices here.</param>
/// <param name="StandardErrors">Standard error of the natural logarithm of each, widened by the misfit.</param>
/// <param name="Correlations">Correlation of those logarithms.</param>
/// <param name="Directions">Combinations of parameters, what the runs say least of first.</param>
/// <param name="Misfit">Loss for each degree of freedom where it is above 1, else 1: the factor by which variances are widened, so that what the model cannot reproduce makes it less sure.</param>
/// <param name="Profiles">Profile curves, parameter by parameter; empty when they were not asked for.</param>
/// <param name="Accepted">Parameter vectors that explain the runs about as well as the best.</param>
/// <param name="Draws">How many were tried to get them.</param>
/// <param name="Evaluations">Candidates simulated in all.</param>
public sealed record Identifiability(
    IReadOnlyList<FittedParameter> Fitted,
    IReadOnlyList<double> StandardErrors,
    IReadOnlyList<IReadOnlyList<double>> Correlations,
    IReadOnlyList<ParameterDirection> Directions,
    double Misfit,
    IReadOnlyList<ProfilePoint> Profiles,
    IReadOnlyList<AcceptedVector> Accepted,
    int Draws,
    int Evaluations);
