using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// One factor for all CPU times, so that a search starts in the right place on a host of any speed: the ratio of measured to simulated CPU
/// per reply, the median over runs with both.
/// </summary>
internal static class CostScale
{
    /// <summary>Costs change with batching, so the ratio is taken again at the scaled costs.</summary>
    private const int Rounds = 2;

    internal static double Fit(IReadOnlyList<CalibrationRun> runs, CalibrationProblem problem, HostParameters start, IReadOnlyList<FittedParameter> fitted)
    {
        double scale = 1;
        for (int round = 0; round < Rounds; round++)
        {
            IReadOnlyList<RunReading> simulated = problem.Simulate(Apply(start, fitted, scale));
            double[] ratios =
            [
                .. runs.Select((run, i) => CpuPerReply(run.Measured) / CpuPerReply(simulated[i])).Where(r => r is > 0 && double.IsFinite(r.Value)).Select(r => r!.Value).Order(),
            ];
            if (ratios.Length > 0)
                scale *= ratios[ratios.Length / 2];
        }

        return scale;
    }

    internal static HostParameters Apply(HostParameters parameters, IReadOnlyList<FittedParameter> fitted, double scale)
    {
        HostParameters scaled = parameters.With(ParameterCatalogue.All.Where(p => p.ScalesWithCpu).Select(p => (p, parameters[p] * scale)));
        return scaled.With(fitted.Select(f => (f.Definition, f.Clamp(scaled[f.Definition]))));
    }

    private static double? CpuPerReply(RunReading reading) => (reading.Driver?.CpuFraction + reading.Guest?.CpuFraction) / reading.ThroughputPerS;
}
