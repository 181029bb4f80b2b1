using Colocate.Model.Scores;
using Colocate.Model.Tables;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Fits the one parameter that runs with one loaded guest cannot tell from others, the extra cost of a switch after another vcpu, to runs of pairs. Everything
/// else stays; B is simulated anew with each value, for alone the driver domain and the guest take turns, too.
/// </summary>
public static class PairFit
{
    /// <summary>Deviation of a score that counts as one: repeats of a pair of the sample lab differ by some 5 % of a score.</summary>
    private const double Tolerance = 0.05;

    /// <summary>The range searched, as factors on the cost of a switch, in steps of a factor of two, then halved (on a logarithmic scale) as often as stated.</summary>
    private const double Least = 1.0 / 16, Most = 32;

    private const int Halvings = 3;

    /// <summary>Fits; the value that the host has is a candidate, so that the loss does not rise.</summary>
    /// <param name="host">The host, fitted to runs with one loaded guest; without accepted vectors.</param>
    /// <param name="result">The calibration that it comes from.</param>
    /// <param name="pairs">The runs, at least one.</param>
    /// <param name="settings">How to simulate them.</param>
    /// <param name="rule">How base runs make B.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PairFitResult Of(
        CalibratedHost host, CalibrationResult result, IReadOnlyList<PairRun> pairs, ExperimentSettings settings, BaseRule rule = BaseRule.Mean, CancellationToken cancellation = default)
    {
        ParameterDefinition cold = ParameterCatalogue.Cold;
        double unit = host.Parameters[ParameterCatalogue.Switch];
        PairFitResult before = Try(host.Parameters[cold]), best = before;
        for (double factor = Least; factor <= Most; factor *= 2)
            Better(factor * unit);
        double step = Math.Sqrt(2);
        for (int halving = 0; halving < Halvings && best != before; halving++, step = Math.Sqrt(step))
        {
            double middle = best.Host.Parameters[cold];
            Better(middle / step);
            Better(middle * step);
        }

        var alone = new CalibrationProblem(result.Runs, searching: false, new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs, CancellationToken = cancellation });
        alone.LearnSensitivities(result.Leading);
        IReadOnlyList<RunReading> readings = alone.Simulate(best.Host.Parameters);
        return best with { Host = best.Host with { Loss = alone.Loss(readings) }, LossBefore = before.Loss, SimulatedAlone = readings, ResidualsAlone = [.. alone.Rows(readings)] };

        void Better(double value)
        {
            PairFitResult tried = Try(value);
            best = tried.Loss < best.Loss ? tried : best;
        }

        PairFitResult Try(double value)
        {
            var range = new FittedParameter(cold, Math.Clamp(host.Parameters[cold], Least * unit, Most * unit), Least * unit, Most * unit);
            CalibratedHost changed = FittedHost.Rebased(
                host with
                {
                    Parameters = host.Parameters.With((cold, value)),
                    Fitted = [.. host.Fitted.Where(f => f.Definition != cold).Append(range).OrderBy(f => f.Definition.Index)],
                    PairRuns = [.. pairs.Select(p => p.Experiment.LikeRun!)],
                },
                result, settings, rule, cancellation);
            IReadOnlyList<ExperimentResult> simulated = new Laboratory(changed, settings).Run([.. pairs.Select(p => p.Experiment)], null, cancellation);
            CalibrationResidualRow[] rows = [.. pairs.Zip(simulated, Rows).SelectMany(r => r)];
            return new PairFitResult(changed, rows, rows.Sum(r => r.Residual * r.Residual), 0, [], []);
        }
    }

    private static IEnumerable<CalibrationResidualRow> Rows(PairRun pair, ExperimentResult simulated) =>
        from guest in pair.Scores.Index()
        let domain = simulated.Domains[1 + guest.Index]
        where guest.Item is not null && domain.Score is not null
        let measured = guest.Item ?? 0
        let score = domain.Score ?? 0
        select new CalibrationResidualRow
        {
            Run = pair.Experiment.LikeRun!,
            Campaign = pair.Campaign,
            Workload = domain.Workload!,
            Domain = domain.Domain,
            Observable = "score",
            Measured = measured,
            Simulated = score,
            Tolerance = Tolerance,
            Residual = (score - measured) / Tolerance,
            Fitted = true,
        };
}
