using System.Globalization;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Ingest.Published;
using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>Reads all files of one run into rows, ready to commit.</summary>
internal sealed class RunReading
{
    /// <summary>Name of the stage in the lake.</summary>
    internal const string Stage = "ingest";

    /// <summary>Version of what is computed from the rows of single files; raised when the same files yield other rows.</summary>
    private const string Meaning = "4";

    private readonly RunSource _source;
    private readonly RunManifest _run;
    private readonly IngestSettings _settings;
    private readonly IReadOnlyList<InputFile> _files;
    private readonly List<StagedTable> _staged = [];

    /// <summary>Finds the files of a run.</summary>
    internal RunReading(RunSource source, IngestSettings settings)
    {
        _source = source;
        _run = source.Manifest!;
        _settings = settings;
        _files = [.. FindFiles()];
    }

    /// <summary>What determines the rows.</summary>
    internal string Fingerprint => field ??= ComputeFingerprint();

    /// <summary>Size of the files as they lie on disk; those that are missing count nothing.</summary>
    internal long InputBytes => _files.Sum(f => f.SizeOnDisk);

    /// <summary>Reads everything.</summary>
    internal StageOutput Read(IOutputSink lake, CancellationToken cancellation)
    {
        var rows = new RowSink();
        StagedTable Begin(Table table)
        {
            _staged.Add(lake.BeginTableAsync(table).GetAwaiter().GetResult());
            return _staged[^1];
        }

        InputReading[] readings = [.. _files.Select(f => InputReading.Read(f, _run, _settings, rows, Begin, cancellation))];
        if (_source.ManifestDigest is { } manifest)
            rows.Add(ManifestRow(manifest));
        foreach (InputReading reading in readings)
            rows.Add(reading.Row);

        var own = new FindingLog(null);
        XenmonMetrics.Complete(_run, rows);
        CpuFromXentop.Complete(_run, rows);
        CrossChecks.Add(_run, rows, own);
        CheckClients(rows, own);
        CheckDomains(rows, own);
        string status = Worst(readings.Select(r => r.Row.Status));
        foreach (Finding finding in readings.SelectMany(r => r.Findings).Concat(own.ToList()))
            rows.Add(DiagnosticRow.Of(_run.Run, _run.Campaign, finding));

        rows.Add(Rows.Of(_run, readings.Select(r => r.Trace).FirstOrDefault(t => t is not null), status, _files.Count));
        for (int i = 0; i < _run.Domains.Count; i++)
            rows.Add(Rows.Of(_run, _run.Domains[i], i));
        return new StageOutput
        {
            Stage = Stage, Run = _run.Run, Campaign = _run.Campaign, Fingerprint = Fingerprint, Status = status, Inputs = Inputs(), Settings = Settings(), Tables = [.. rows.Tables()],
            Staged = _staged, Listing = Rows.Listing(rows),
        };
    }

    /// <summary>Removes the tables that were begun and not committed.</summary>
    internal async Task DropStagedAsync()
    {
        foreach (StagedTable staged in _staged)
            await staged.DisposeAsync().ConfigureAwait(false);
    }

    private IEnumerable<InputFile> FindFiles()
    {
        InputFile Find(string file, InputRole role, DomainSpec? domain = null) => _source.Piped is { } piped ? InputFile.Piped(file, piped, role, domain) : InputFile.Find(_source.LabFolder, _source.FolderInLab, file, role, domain);
        if (_source.IsPublished)
        {
            yield return Find(PublishedRuns.FirstTable, InputRole.Published);
            yield return Find(PublishedRuns.SecondTable, InputRole.Published);
        }

        if (_run.Trace is { } trace)
            yield return Find(trace.File, InputRole.Trace);
        if (_run.Xentop is { } xentop)
            yield return Find(xentop.File, InputRole.Xentop);
        foreach (string log in _run.XenmonFiles)
            yield return Find(log, InputRole.Xenmon);
        foreach (DomainSpec domain in _run.Domains)
        {
            if (domain.Client is { } client)
                yield return Find(client.File, InputRole.Client, domain);
            if (domain.GuestTraceFile is { } guestTrace)
                yield return Find(guestTrace, InputRole.GuestTrace, domain);
        }
    }

    private string ComputeFingerprint()
    {
        using var fingerprint = new Fingerprint();
        fingerprint.Add("stage", Stage).Add("meaning", Meaning).Add("manifest", _source.ManifestDigest?.Sha256);
        if (_source.ManifestDigest is null)
            fingerprint.Add("assumed", System.Text.Json.JsonSerializer.Serialize(_run, SettingsJson.Default.RunManifest));
        foreach (IInputFormat format in FormatCatalogue.All)
            fingerprint.Add(format.Id, format.Version);
        foreach (Table table in TableCatalogue.All)
            fingerprint.Add(table.Name, table.Version);
        fingerprint.Add("tsc_hz", _settings.TscHz).Add("max_held_bytes", _settings.MaxHeldBytes).Add("input_format", _settings.InputFormat);
        foreach (StageSetting behind in Settings())
            fingerprint.Add(behind.Name, behind.Value);
        if (_settings.Method != MetricMethod.M)
            fingerprint.Add("method", _settings.Method.ToString());
        if (_settings.Events is { } events)
            fingerprint.Add("events", System.Text.Json.JsonSerializer.Serialize(events, SettingsJson.Default.EventSelection));
        if (_settings.GuestTraceFence is { } fence && _run.Domains.Any(d => d.GuestTraceFile is not null))
            fingerprint.Add("guest_trace_limits", string.Create(CultureInfo.InvariantCulture, $"{fence.MaxMemoryBytes} {fence.MaxTimeS:R}"));
        foreach (InputFile file in _files)
            fingerprint.Add(file.PathInLab, file.Digest?.Hex);
        return fingerprint.Finish();
    }

    /// <summary>What changes figures and stands in no table.</summary>
    private StageSetting[] Settings() =>
        [.. _settings.TscBehind.OrderBy(b => b.Key).Select(b => new StageSetting(string.Create(CultureInfo.InvariantCulture, $"tsc_behind.{b.Key}"), b.Value.ToString(CultureInfo.InvariantCulture)))];

    private List<StageInput> Inputs()
    {
        List<StageInput> inputs = [.. _files.Where(f => f.Digest is not null).Select(f => StageInput.Of(f.PathInLab, f.Digest!.Value)).DistinctBy(i => i.Path)];
        if (_source.ManifestDigest is { } manifest)
            inputs.Insert(0, new StageInput(_source.ManifestPathInLab, manifest.Sha256, manifest.Bytes));
        return inputs;
    }

    private InputFileRow ManifestRow(FileDigest digest) => new()
    {
        Run = _run.Run, Campaign = _run.Campaign, File = _source.ManifestPathInLab, Role = "manifest", Format = "run.json", FormatVersion = 1, Compression = "plain",
        Sha256 = digest.Sha256, Bytes = digest.Bytes, DecodedBytes = digest.Bytes, ParsedBytes = digest.Bytes, SkippedBytes = 0, SetAsideBytes = 0, Records = 1, Status = "ok",
    };

    private void CheckClients(RowSink rows, FindingLog findings)
    {
        var measured = rows.Of<ClientResultRow>().Where(c => c.ThroughputPerS is not null).Select(c => c.Domain).ToHashSet(StringComparer.Ordinal);
        string[] without = [.. _run.LoadedGuests.Where(g => !measured.Contains(g.Name)).Select(g => g.Name)];
        if (without.Length > 0)
            findings.Add(DiagnosticCatalogue.ManifestNoClient, count: without.Length, detail: string.Create(CultureInfo.InvariantCulture, $"guests: {string.Join(", ", without)}"));
    }

    /// <summary>Names were assumed for ids; where the inputs tell ids at all, each must be among them. A manifest may name a guest that never ran.</summary>
    private void CheckDomains(RowSink rows, FindingLog findings)
    {
        if (_source.ManifestDigest is not null || _source.IsPublished)
            return;
        HashSet<int> seen = [.. rows.Of<VcpuStateRow>().Select(s => s.Domid), .. rows.Of<DomainMetricsRow>().Where(d => d.CpuFraction is not null).Select(d => d.Domid), .. rows.Of<XenmonSampleRow>().Select(s => s.Domid)];
        string[] unseen = [.. _run.Domains.Where(d => d.Domid is { } domid && !seen.Contains(domid)).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Domid} ({d.Name})"))];
        if (seen.Count > 0 && unseen.Length > 0)
            findings.Add(DiagnosticCatalogue.DomainUnseen, count: unseen.Length, detail: string.Join(", ", unseen));
    }

    private static string Worst(IEnumerable<string> statuses)
    {
        string[] all = [.. statuses];
        return all.Contains("set_aside") ? "set_aside" : all.Contains("lossy") ? "lossy" : "ok";
    }
}
