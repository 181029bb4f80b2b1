using Colocate.Model.Errors;
using Colocate.Simulate.Engine;
using Colocate.Simulate.Parameters;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Fits the simulator to base, solo and idle runs. First one factor for all CPU times, from CPU per reply; then over all fitted parameters a screening, a
/// CMA-ES from the best plausible point and Gauss-Newton steps; last, without search, the trace records that go with executions and CPU time. Same runs and
/// seed, same result, whatever the number of simulations at once.
/// </summary>
public static class Calibrator
{
    /// <summary>Parts of the candidates that go to the screening and to the last steps; the CMA-ES has the others.</summary>
    private const double ScreenFraction = 0.15, PolishFraction = 0.3;

    /// <summary>Spread of the screening and first step of the CMA-ES, in standard deviations of the prior.</summary>
    private const double ScreenSd = 0.35, FirstStep = 0.25;

    /// <summary>Points at which the effect of the CPU's speed is learnt; each costs two candidates.</summary>
    private const int SpeedPoints = 7;

    /// <summary>So many batches of last steps without a better point end the search.</summary>
    private const int Patience = 4;

    /// <summary>Longest Gauss-Newton step, and the spread of the points around its end in standard deviations of what the data leave open.</summary>
    private const double LongestStep = 1, PolishSpread = 0.5;

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
        var space = new ParameterSpace(start, [.. settings.Fitted.Select(f => f with { Start = start[f.Definition] })]);
        var history = new SearchHistory(search, space, settings.Together);
        Screen(space, history, settings);
        // Where the speeds of runs explain nothing yet, losses still tell which points are worth asking.
        search.LearnSensitivities([.. history.Leading(SpeedPoints).Select(space.Parameters)]);
        history.JudgeAnew();
        Told();
        Evolve(space, history, settings, Told, cancellation);
        Polish(space, history, settings, Told);
        HostParameters best = space.Parameters(history.BestPoint);
        HostParameters[] leading = [.. history.Leading(SpeedPoints).Select(space.Parameters)];
        var exact = new CalibrationProblem(runs, searching: false, parallel);
        exact.LearnSensitivities(leading);
        IReadOnlyList<RunReading> simulated = exact.Simulate(best);
        HostParameters weighted = TraceRecords.Fit(best, runs, simulated);
        if (weighted != best)
            (best, simulated) = (weighted, exact.Simulate(weighted));
        return new CalibrationResult(best, space.Fitted, runs, simulated, [.. exact.Rows(simulated)], leading, exact.Speeds(simulated), exact.Loss(simulated), history.Count);

        void Told() => progress?.Report(new CalibrationProgress(history.Count, settings.Evaluations, history.Loss(history.Best)));
    }

    /// <summary>The start and points around it, spread evenly.</summary>
    private static void Screen(ParameterSpace space, SearchHistory history, CalibrationSettings settings)
    {
        int count = (int)(ScreenFraction * settings.Evaluations);
        double[][] around = count < 1 ? [] : LatinHypercube.Points(count, space.Dimensions, settings.Seed);
        history.Try([new double[space.Dimensions], .. around.Select(u => space.Clamped([.. u.Select(x => Normal.InvCDF(0, ScreenSd, x))]))]);
    }

    private static void Evolve(ParameterSpace space, SearchHistory history, CalibrationSettings settings, Action told, CancellationToken cancellation)
    {
        var cma = new CmaEs(new CmaEsSettings { Seed = settings.Seed, Step = FirstStep / space.Width }, space.ToCube(history.BestPlausible()));
        int evaluations = (int)((1 - PolishFraction) * settings.Evaluations) - history.Count;
        if (evaluations >= cma.Population)
            cma.Minimise(places => history.Try([.. places.Select(space.FromCube)]), evaluations, new Relay(told), cancellation);
    }

    /// <summary>
    /// Steps to the least of a surface through all candidates, each with points around its end that tell the next surface more. No surface goes through fewer
    /// candidates than it has slopes: a search that may try no more ends with the best of them.
    /// </summary>
    private static void Polish(ParameterSpace space, SearchHistory history, CalibrationSettings settings, Action told)
    {
        int n = space.Dimensions, batch = Math.Max(4, n / 2);
        var random = new RandomSource(settings.Seed, 1 << 16);
        for (int idle = 0; idle < Patience && history.Count > n && settings.Evaluations - history.Count >= batch;)
        {
            int before = history.Best;
            ResponseSurface surface = ResponseSurface.Fit(history.Points, history.Residuals, history.BestPoint, 3 * n);
            Vector<double> centre = Vector<double>.Build.DenseOfArray(surface.Centre), step = surface.Step(LongestStep);
            Matrix<double> spread = surface.Curvature.Inverse().Cholesky().Factor * PolishSpread;
            history.Try([.. Enumerable.Range(0, batch).Select(i => space.Clamped([.. centre + (i < 2 ? step / (1 + i) : step + (spread * Vector<double>.Build.Dense(n, _ => random.Normal())))]))]);
            idle = history.Best == before ? idle + 1 : 0;
            told();
        }
    }

    private sealed class Relay(Action told) : IProgress<CmaEsGeneration>
    {
        public void Report(CmaEsGeneration value) => told();
    }
}
