using Colocate.Model.Errors;
using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Fits the simulator to base, solo and idle runs. First one factor for all CPU times, from CPU per reply; then a CMA-ES over all fitted
/// parameters; last, without search, the trace records that go with executions and CPU time. Same runs and seed, same result, whatever the
/// number of simulations at once.
/// </summary>
public static class Calibrator
{
    /// <summary>First step of the search, as standard deviation of the natural logarithm of a parameter: a quarter of the usual prior.</summary>
    private const double FirstStep = 0.275;

    /// <summary>Half of the search goes by before the speed sensitivities are learnt anew at its best point.</summary>
    private const int Rounds = 2;

    /// <summary>Fits.</summary>
    /// <exception cref="RequestException">Nothing matched: no base run can be simulated.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CalibrationResult Fit(IReadOnlyList<CalibrationRun> runs, CalibrationSettings settings, IProgress<CalibrationProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (!runs.Any(r => r.Kind == "base" && r.Measured.ThroughputPerS > 0))
        {
            throw new RequestException(
                ExitCode.NothingMatched,
                "no base run tells enough to be simulated",
                "a run needs load_s, the card's rate, each loaded guest's offered rate and reply size, and a client log");
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs, CancellationToken = cancellation };
        var search = new CalibrationProblem(runs, searching: true, parallel);
        HostParameters unscaled = settings.Start.With(settings.Fitted.Select(f => (f.Definition, f.Start)));
        HostParameters start = CostScale.Apply(unscaled, settings.Fitted, CostScale.Fit(runs, search, unscaled, settings.Fitted));
        FittedParameter[] fitted = [.. settings.Fitted.Select(f => f with { Start = start[f.Definition] })];
        HostParameters best = start;
        int tried = 0;
        double? loss = null;
        for (int round = 0; round < Rounds; round++)
        {
            search.LearnSensitivities(best);
            var cma = new CmaEs(new CmaEsSettings { Seed = settings.Seed + round, Step = FirstStep / (round + 1) / Width(fitted) }, Place(fitted, best));
            CmaEsResult found = cma.Minimise(
                points => Losses(points),
                Math.Max(cma.Population, settings.Evaluations / Rounds),
                new Relay(g => progress?.Report(new CalibrationProgress(tried + g.Evaluations, settings.Evaluations, loss = g.Best))),
                cancellation);
            // Few candidates may all be worse than where they started.
            double[] place = Place(fitted, best);
            best = Parameters(start, fitted, Losses([place])[0] <= found.Loss ? place : found.Best);
            tried += found.Evaluations;
        }

        var exact = new CalibrationProblem(runs, searching: false, parallel);
        exact.LearnSensitivities(best);
        best = TraceRecords.Fit(best, runs, exact.Simulate(best));
        IReadOnlyList<RunReading> simulated = exact.Simulate(best);
        return new CalibrationResult(best, fitted, runs, simulated, [.. exact.Rows(simulated)], exact.Speeds(simulated), exact.Loss(simulated), tried);

        double[] Losses(IReadOnlyList<double[]> points)
        {
            HostParameters[] candidates = [.. points.Select(p => Parameters(start, fitted, p))];
            double[] losses = search.Losses(candidates);
            for (int i = 0; i < losses.Length; i++)
                losses[i] += Prior(fitted, candidates[i]);
            return losses;
        }
    }

    /// <summary>Widest range of a parameter in units of natural logarithm: the search steps alike in all of them.</summary>
    private static double Width(FittedParameter[] fitted) => fitted.Max(f => Math.Log(f.High / f.Low));

    private static double Prior(FittedParameter[] fitted, HostParameters candidate) => fitted.Sum(f => Math.Pow(Math.Log(candidate[f.Definition] / f.Start) / f.PriorSd, 2));

    private static double[] Place(FittedParameter[] fitted, HostParameters parameters) => [.. fitted.Select(f => Math.Clamp(f.ToUnit(parameters[f.Definition]), 0, 1))];

    private static HostParameters Parameters(HostParameters start, FittedParameter[] fitted, IReadOnlyList<double> place) =>
        start.With(fitted.Select((f, i) => (f.Definition, f.FromUnit(place[i]))));

    private sealed class Relay(Action<CmaEsGeneration> report) : IProgress<CmaEsGeneration>
    {
        public void Report(CmaEsGeneration value) => report(value);
    }
}
