using Colocate.Model.Tables;
using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>What a calibration found.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Fitted">Those that were fitted; where each started after the factor on all CPU times.</param>
/// <param name="Runs">The runs it saw.</param>
/// <param name="Simulated">What the simulator makes of them, in their order.</param>
/// <param name="Residuals">Every measured value beside its simulation.</param>
/// <param name="Leading">The best candidates, the best first; where the effect of the CPU's speed was learnt.</param>
/// <param name="Speeds">The most likely speed of each run's CPU relative to the host's usual one, in the order of the runs.</param>
/// <param name="Loss">Squared residuals in tolerances that speeds do not explain, summed.</param>
/// <param name="Evaluations">Candidates tried.</param>
public sealed record CalibrationResult(
    HostParameters Parameters,
    IReadOnlyList<FittedParameter> Fitted,
    IReadOnlyList<CalibrationRun> Runs,
    IReadOnlyList<RunReading> Simulated,
    IReadOnlyList<CalibrationResidualRow> Residuals,
    IReadOnlyList<HostParameters> Leading,
    IReadOnlyList<double> Speeds,
    double Loss,
    int Evaluations);
