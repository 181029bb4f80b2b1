using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Pipeline;

/// <summary>What a calibration of a lake found.</summary>
/// <param name="Host">The calibrated host.</param>
/// <param name="Runs">Runs with at most one loaded guest that it was fitted to.</param>
/// <param name="Found">What they tell of the parameters; null when nobody asked.</param>
/// <param name="Residuals">Every measured value beside its simulation, pair runs that were fitted last.</param>
internal sealed record CalibrationOutcome(CalibratedHost Host, int Runs, Identifiability? Found, IReadOnlyList<CalibrationResidualRow> Residuals)
{
    /// <summary>The parameters as rows.</summary>
    internal IReadOnlyList<CalibrationParameterRow> Parameters => ParameterRows.Of(Host.Parameters, Host.Fitted, Found);
}
