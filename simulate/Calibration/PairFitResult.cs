using Colocate.Model.Tables;
using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>What a fit to pair runs found.</summary>
/// <param name="Host">The host with the parameter, B simulated anew, and the runs it was fitted to.</param>
/// <param name="Residuals">Every measured score beside its simulation.</param>
/// <param name="Loss">Squared residuals, summed.</param>
/// <param name="LossBefore">The same before the fit.</param>
public sealed record PairFitResult(CalibratedHost Host, IReadOnlyList<CalibrationResidualRow> Residuals, double Loss, double LossBefore);
