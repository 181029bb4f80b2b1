using Colocate.Simulate.Parameters;
using MathNet.Numerics.Distributions;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Finds out what the runs tell of the parameters around a best fit. Slopes of the residuals come from central differences and, as simulations are rugged, from
/// all draws besides, through one surface (<see cref="ResponseSurface"/>); with the prior they make a normal posterior (Gauss-Newton; Laplace's approximation),
/// widened by the misfit. Vectors are drawn from it evenly and accepted by their own, simulated loss.
/// </summary>
public static class Identification
{
    /// <summary>Step of the differences, in standard deviations of the prior: wide enough to see over the ruggedness.</summary>
    private const double Step = 0.15;

    /// <summary>A draw is refused when its loss is above what the best region has by more than this quantile of chi-squared, which true draws from a normal posterior exceed once in a hundred times.</summary>
    private const double Quantile = 0.99;

    /// <summary>Draws in all, for each vector wanted.</summary>
    private const int MostDraws = 3;

    /// <summary>Points of a profile, in standard errors from the best fit.</summary>
    private static readonly double[] s_profile = [-2, -1, 0, 1, 2];

    /// <summary>Looks around the best fit of a calibration.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="settings">What to find out.</param>
    /// <param name="progress">Told of every batch of candidates, on the calling thread; null = nobody is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Identifiability Of(CalibrationResult result, IdentificationSettings settings, IProgress<CalibrationProgress>? progress = null, CancellationToken cancellation = default)
    {
        var problem = new CalibrationProblem(result.Runs, searching: true, new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs, CancellationToken = cancellation });
        problem.LearnSensitivities(result.Leading);
        var space = new ParameterSpace(result.Parameters, result.Fitted);
        var history = new SearchHistory(problem, space);
        int n = space.Dimensions, freedom = Math.Max(1, problem.Residuals - n);
        int expected = 1 + (2 * n) + settings.Accepted + (settings.Profiles ? n * s_profile.Length * 2 : 0);
        double[] best = space.Point(result.Parameters);
        Try([best, .. Enumerable.Range(0, 2 * n).Select(i => Moved(best, i % n, i < n ? Step : -Step))]);

        var accepted = new List<AcceptedVector>();
        int draws = 0;
        for (int batch = 0; accepted.Count < settings.Accepted && draws < MostDraws * settings.Accepted; batch++)
        {
            // Each batch is drawn from what all before it have shown, and then judged with it.
            Posterior posterior = Look();
            int first = history.Count;
            Try(posterior.Draw(Math.Max(settings.Accepted / 2, settings.Accepted - accepted.Count), settings.Seed + batch));
            draws += history.Count - first;
            double bound = posterior.Loss + (posterior.Misfit * ChiSquared.InvCDF(n, Quantile));
            for (int i = first; i < history.Count && accepted.Count < settings.Accepted; i++)
            {
                if (history.Loss(i) <= bound)
                    accepted.Add(new AcceptedVector(space.Parameters(history.Points[i]), history.Loss(i)));
            }
        }

        Posterior found = Look();
        ProfilePoint[] profiles = settings.Profiles ? Profiles(found) : [];
        return new Identifiability(
            result.Fitted, [.. found.StandardErrors.Zip(result.Fitted, (se, f) => se * f.PriorSd)], found.Correlations, found.Directions, found.Misfit, profiles, accepted, draws, history.Count);

        Posterior Look() => new(ResponseSurface.Fit(history.Points, history.Residuals, best, 2 * n), space, freedom);

        double[] Moved(double[] point, int k, double by) => space.Clamped([.. point.Select((x, i) => i == k ? x + by : x)]);

        void Try(IReadOnlyList<double[]> points)
        {
            history.Try(points);
            progress?.Report(new CalibrationProgress(history.Count, expected, null));
        }

        ProfilePoint[] Profiles(Posterior posterior)
        {
            var places = (from k in Enumerable.Range(0, n) from t in s_profile select (K: k, Value: Math.Clamp(best[k] + (t * posterior.StandardErrors[k]), space.Low[k], space.High[k]))).Distinct().ToArray();
            int first = history.Count;
            Try([.. places.Select(p => posterior.Conditional(p.K, p.Value))]);
            // One more step from where the surface's error shows.
            Try([.. places.Select((p, i) => posterior.Improved(p.K, history.Points[first + i], history.Residuals[first + i]))]);
            return
            [
                .. places.Select((p, i) => new ProfilePoint(
                    result.Fitted[p.K], space.Parameters(history.Points[first + i])[result.Fitted[p.K].Definition],
                    Math.Min(history.Loss(first + i), history.Loss(first + places.Length + i)), posterior.Expected(p.K, p.Value))),
            ];
        }
    }
}
