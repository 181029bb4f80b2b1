using Colocate.Model.Tables;
using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>What a fit to pair runs found.</summary>
/// <param name="Host">The host with the parameter, B simulated anew, the runs it was fitted to, and the loss that the runs with at most one loaded guest have now.</param>
/// <param name="Residuals">Every measured score beside its simulation.</param>
/// <param name="Loss">Squared residuals, summed.</param>
/// <param name="LossBefore">The same before the fit.</param>
/// <param name="SimulatedAlone">The runs with at most one loaded guest as they are simulated now, in their order.</param>
/// <param name="ResidualsAlone">Every measured value of the runs with at most one loaded guest beside its simulation as it is now: what the parameter costs there.</param>
public sealed record PairFitResult(CalibratedHost Host, IReadOnlyList<CalibrationResidualRow> Residuals, double Loss, double LossBefore, IReadOnlyList<RunReading> SimulatedAlone, IReadOnlyList<CalibrationResidualRow> ResidualsAlone);
