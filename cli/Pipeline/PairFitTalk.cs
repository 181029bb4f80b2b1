using Colocate.Simulate.Calibration;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Pipeline;

/// <summary>A fit to pair runs in a line.</summary>
internal static class PairFitTalk
{
    /// <param name="paired">What was found.</param>
    /// <param name="lossAlone">Loss of the runs with at most one loaded guest before the fit.</param>
    internal static string Of(PairFitResult paired, double lossAlone) => FormattableString.Invariant(
        $"pair runs: cold_us {paired.Host.Parameters[ParameterCatalogue.Cold]:0.#}, squared deviations of {paired.Residuals.Count} scores {paired.LossBefore:0.0} before and {paired.Loss:0.0} after; loss of the runs alone {lossAlone:0} before and {paired.Host.Loss:0} after");
}
