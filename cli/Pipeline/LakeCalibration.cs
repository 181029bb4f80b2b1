using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Pipeline;

/// <summary>Fits the simulator to the runs of a lake, in the order in which one step needs the other.</summary>
internal static class LakeCalibration
{
    internal static async Task<CalibrationOutcome> RunAsync(Lake lake, CalibrationRequest request, ProgressDisplay progress, CancellationToken cancellation)
    {
        await LakeSimulation.TellRefusedAsync(lake, progress).ConfigureAwait(false);
        PairRun[] pairs = request.PairRuns.Count == 0 ? [] : await PairsAsync(lake, request).ConfigureAwait(false);
        CalibrationResult result = Calibrator.Fit(await LakeSimulation.RunsAsync(lake).ConfigureAwait(false), request.Search, new CalibrationReport(progress, "calibrate"), cancellation);
        CalibratedHost host = FittedHost.From(result, request.Simulation, request.Search.Seed, request.Rule, cancellation);
        IReadOnlyList<CalibrationResidualRow> residuals = result.Residuals;
        if (pairs.Length > 0)
        {
            PairFitResult paired = PairFit.Of(host, result, pairs, request.Simulation, request.Rule, cancellation);
            (host, residuals) = (paired.Host, [.. paired.ResidualsAlone, .. paired.Residuals]);
            progress.Talk(PairFitTalk.Of(paired, result.Loss));
        }

        Identifiability? found = null;
        if (request.Bands > 0 || request.Profiles)
        {
            var settings = new IdentificationSettings { Accepted = request.Bands, Profiles = request.Profiles, Seed = request.Search.Seed, Jobs = request.Search.Jobs };
            found = Identification.Of(result with { Parameters = host.Parameters }, settings, new CalibrationReport(progress, "identify"), cancellation);
            host = FittedHost.WithAccepted(host, found.Accepted, result, request.Simulation, request.Rule, cancellation);
            progress.Talk($"identify: {found.Accepted.Count} of {found.Draws} vectors drawn around the best fit explain the runs about as well");
        }

        return new CalibrationOutcome(host, result.Runs.Count, found, residuals);
    }

    private static async Task<PairRun[]> PairsAsync(Lake lake, CalibrationRequest request)
    {
        ILookup<string, GuestScoreRow> scores = (await LakeScores.ComputeAsync(lake, request.Rule).ConfigureAwait(false)).GuestScores.ToLookup(s => s.Run);
        IReadOnlyList<Experiment> measured = await LakeSimulation.MeasuredAsync(lake).ConfigureAwait(false);
        return
        [
            .. from run in request.PairRuns
               let experiment = measured.FirstOrDefault(e => e.LikeRun == run) ?? throw Refused($"the lake has no run '{run}' that can be simulated")
               let guests = scores[run].Count(s => s.Score is not null) > 1 ? scores[run] : throw Refused($"run '{run}' has no two guests with a score")
               select new PairRun(guests.First().Campaign, experiment, [.. experiment.Host.Guests.Select(g => guests.FirstOrDefault(s => s.Domain == g.Domain)?.Score)]),
        ];
    }

    private static RequestException Refused(string what) => new(ExitCode.WrongUse, what, "list the runs with `colocate runs`");
}
