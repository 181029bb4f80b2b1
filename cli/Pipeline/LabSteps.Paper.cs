using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Paper;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Pipeline;

/// <summary>The steps for the published tables of the paper, which hold base cases and nothing to simulate like.</summary>
internal sealed partial class LabSteps
{
    /// <summary>
    /// Fits the paper's host to its base cases, simulates what its claims need, which are its pairs and sweeps, and judges the claims on them. Returns the key of
    /// what the later steps rest on.
    /// </summary>
    internal async Task<string> PaperAsync(IReadOnlyList<PublishedBaseCase> cases, string path, CalibrationSettings search, ExperimentSettings settings, CancellationToken cancellation)
    {
        string fitted = Key(CalibrateStage, PaperMeaning, IngestKey(), StageSettings.OfPaper(search));
        if (!IsDone(CalibrateStage, fitted, path))
        {
            (CalibratedHost host, CalibrationResult result) = PaperCalibration.Fit(cases, PaperTestbed.TwoPcpus, search, new CalibrationReport(progress, "calibrate"), cancellation);
            ParameterFiles.Write(host, path);
            await CommitAsync(CalibrateStage, fitted, StageSettings.OfPaper(search), [path], Rows(ParameterRows.Of(result.Parameters, result.Fitted)), Rows(result.Residuals)).ConfigureAwait(false);
            progress.Talk($"calibrate: {host.Fitted.Count} parameters of the paper's host fitted to {result.Runs.Count} base cases");
        }

        string simulated = Key(SimulateStage, PaperMeaning, fitted, StageSettings.Of(settings));
        string judged = Key(PaperClaimsStage, PaperMeaning, simulated, StageSettings.None);
        if (IsDone(SimulateStage, simulated) && IsDone(PaperClaimsStage, judged))
            return judged;
        var paper = new PaperHost(ParameterFiles.Read(path), settings);
        var report = new ExperimentReport(progress, ClaimCatalogue.Experiments.Count * settings.Replicas);
        IReadOnlyList<ExperimentResult> results = paper.Simulate(ClaimCatalogue.Experiments, report, cancellation);
        await CommitAsync(SimulateStage, simulated, StageSettings.Of(settings), [], Rows(results.Select(r => r.Run).ToList()), Rows(results.SelectMany(r => r.Domains).ToList())).ConfigureAwait(false);
        ClaimRow[] claims = [.. ClaimCatalogue.Judge(paper.Settings, [.. results.Select(paper.Read)]).Select(r => r.ToRow(Path.GetFileName(path), paper.SeenPairs))];
        await CommitAsync(PaperClaimsStage, judged, StageSettings.None, [], Rows(claims)).ConfigureAwait(false);
        foreach (string line in ClaimTalk.Counts(claims))
            progress.Talk($"claims: {line}");
        return judged;
    }
}
