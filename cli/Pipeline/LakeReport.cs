using System.Text;
using Colocate.Cli.Output;
using Colocate.Cli.Report;
using Colocate.Model.Lake;
using Colocate.Model.Scores;
using Colocate.Model.Tables;

namespace Colocate.Cli.Pipeline;

/// <summary>The report of a lake.</summary>
internal static class LakeReport
{
    internal static async Task WriteAsync(Lake lake, string path)
    {
        ReportTables tables = await ReadAsync(lake).ConfigureAwait(false);
        var fingerprints = TableCatalogue.All.Select(t => (Table: t, Files: lake.Files(t))).Where(t => t.Files.Count > 0)
            .Select(t => new TableFingerprint(t.Table.Name, DigestOf(t.Files))).ToList();
        var settings = LabSteps.StagesWithSettings.SelectMany(stage => lake.SettingsOf(stage).Select(s => new SettingUsed(stage, s.Name, s.Value))).ToList();
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(lake.Folder));
        var provenance = new ReportProvenance(Lake.ToolVersion, $"colocate report --lake {ShellWord.Of(name)} --out report.html", settings, fingerprints);
        WholeFile.Write(path, stream =>
        {
            using var page = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
            ReportPage.Write(page, tables, provenance);
        });
    }

    private static async Task<ReportTables> ReadAsync(Lake lake)
    {
        ScoreTables scores = await LakeScores.ComputeAsync(lake).ConfigureAwait(false);
        return new ReportTables
        {
            Runs = await lake.ReadAsync<RunRow>().ConfigureAwait(false),
            RunDomains = await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false),
            InputFiles = await lake.ReadAsync<InputFileRow>().ConfigureAwait(false),
            Diagnostics = await lake.ReadAsync<DiagnosticRow>().ConfigureAwait(false),
            ClientResults = await lake.ReadAsync<ClientResultRow>().ConfigureAwait(false),
            GuestResults = await lake.ReadAsync<GuestResultRow>().ConfigureAwait(false),
            CrossChecks = await lake.ReadAsync<CrossCheckRow>().ConfigureAwait(false),
            XentopSamples = await lake.ReadAsync<XentopSampleRow>().ConfigureAwait(false),
            DomainMetrics = await lake.ReadAsync<DomainMetricsRow>().ConfigureAwait(false),
            HostMetrics = await lake.ReadAsync<HostMetricsRow>().ConfigureAwait(false),
            DomainIntervals = await lake.ReadAsync<DomainIntervalRow>().ConfigureAwait(false),
            HostIntervals = await lake.ReadAsync<HostIntervalRow>().ConfigureAwait(false),
            TraceEvents = await lake.ReadAsync<TraceEventRow>().ConfigureAwait(false),
            BaseCases = scores.BaseCases,
            GuestScores = scores.GuestScores,
            PairScores = scores.PairScores,
            Evaluations = await lake.ReadAsync<EvaluationRow>().ConfigureAwait(false),
            EvaluationPairs = await lake.ReadAsync<EvaluationPairRow>().ConfigureAwait(false),
            Predictions = await lake.ReadAsync<PredictionRow>().ConfigureAwait(false),
            FeatureContributions = await lake.ReadAsync<FeatureContributionRow>().ConfigureAwait(false),
            SimulatedRuns = await lake.ReadAsync<SimulatedRunRow>().ConfigureAwait(false),
            SimulatedDomains = await lake.ReadAsync<SimulatedDomainRow>().ConfigureAwait(false),
            CalibrationParameters = await lake.ReadAsync<CalibrationParameterRow>().ConfigureAwait(false),
            Claims = await lake.ReadAsync<ClaimRow>().ConfigureAwait(false),
            CalibrationResiduals = await lake.ReadAsync<CalibrationResidualRow>().ConfigureAwait(false),
            CalibrationEigen = await lake.ReadAsync<CalibrationEigenRow>().ConfigureAwait(false),
            CalibrationProfiles = await lake.ReadAsync<CalibrationProfileRow>().ConfigureAwait(false),
        };
    }

    /// <summary>One digest over a table's files, by path: tells whether two reports show the same data.</summary>
    private static string DigestOf(IReadOnlyList<StageFile> files)
    {
        using var digest = new Fingerprint();
        foreach (StageFile file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
            digest.Add(file.Path, file.Sha256);
        return digest.Finish();
    }
}
