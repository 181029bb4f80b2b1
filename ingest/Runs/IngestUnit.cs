using Colocate.Ingest.Formats;
using Colocate.Ingest.Published;
using Colocate.Model.Diagnostics;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>One run to be ingested: the unit of work and of commit. It depends on no other.</summary>
public sealed class IngestUnit
{
    private const string SetAsideCampaign = "set-aside", SetAsidePrefix = "set-aside-";

    private readonly RunSource _source;
    private readonly IngestSettings _settings;
    private readonly RunReading? _reading;

    internal IngestUnit(RunSource source, IngestSettings settings)
    {
        (_source, _settings) = (source, settings);
        _reading = source.Manifest is null || source.IsDuplicate ? null : new RunReading(source, settings);
        Run = _reading is null ? SetAsideId(source) : source.Manifest!.Run;
    }

    /// <summary>Run id in the lake.</summary>
    public string Run { get; }

    /// <summary>Name for people: the run, or the manifest that describes none.</summary>
    public string Name => _reading is null ? _source.ManifestPathInLab : Run;

    /// <summary>What determines the output; computed from the inputs' content when first asked for, or when they are read.</summary>
    public string Fingerprint => _reading?.Fingerprint ?? (field ??= SetAsideFingerprint());

    /// <summary>Size of all inputs as they lie on disk; how long the work takes.</summary>
    public long Bytes => (_source.ManifestDigest?.Bytes ?? 0) + (_reading?.InputBytes ?? 0);

    /// <summary>Where to find it again.</summary>
    public RunReference Reference => new(_source.LabFolder, _source.FolderInLab, _source.LooseFiles, _source.IsPublished ? Run : null, _source.DuplicateOf);

    /// <summary>True for what comes through a pipe and can be read once only.</summary>
    internal bool IsPiped => _source.Piped is not null;

    /// <summary>The manifest that was put together of assumptions; null for a run that has its own, or none.</summary>
    internal RunManifest? Assumed => _source is { ManifestDigest: null, IsPublished: false } ? _source.Manifest : null;

    /// <summary>True for a run that published tables tell of.</summary>
    internal bool IsPublished => _source.IsPublished;

    internal string LabFolder => _source.LabFolder;

    /// <summary>Finds a run again.</summary>
    /// <exception cref="RequestException">It is not there any more (<see cref="ExitCode.NothingMatched"/>).</exception>
    public static IngestUnit Find(RunReference reference, IngestSettings settings, Assumptions assumptions)
    {
        RunSource? source = reference switch
        {
            { Published: { } run } => Directory.Exists(Path.Combine(reference.Lab, reference.Folder)) ? PublishedRuns.From(reference.Lab, reference.Folder, assumptions).FirstOrDefault(s => s.Manifest!.Run == run) : null,
            { Files: { } files } => LooseRuns.Again(reference.Lab, reference.Folder, files, assumptions, settings.InputFormat),
            _ when File.Exists(Path.Combine(reference.Lab, reference.Folder, ManifestReader.FileName)) => LabScan.ReadManifest(reference.Lab, reference.Folder),
            _ => null,
        };
        if (source is null)
            throw new RequestException(ExitCode.NothingMatched, $"'{Path.Combine(reference.Lab, reference.Folder)}' does not hold the run any more", "plan again");
        return new IngestUnit(reference.DuplicateOf is { } first ? LabScan.Duplicate(source, first) : source, settings);
    }

    /// <summary>The run that comes through a pipe: one trace or log.</summary>
    /// <exception cref="RequestException">It is of no known format (<see cref="ExitCode.NothingMatched"/>).</exception>
    public static IngestUnit FromPipe(Stream piped, IngestSettings settings, Assumptions assumptions) => new(LooseRuns.FromPipe(piped, assumptions, settings.InputFormat), settings);

    /// <summary>True for what was set aside without being a run.</summary>
    internal static bool IsSetAside(string run) => run.StartsWith(SetAsidePrefix, StringComparison.Ordinal);

    /// <summary>Reads the run and commits it. Bad data becomes findings of the run.</summary>
    /// <param name="lake">Where to.</param>
    /// <param name="expected">Fingerprint that the inputs must have; null for any. Others are not committed.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>ok, lossy or set_aside; changed when the inputs are not those expected.</returns>
    /// <exception cref="IOException">The lake cannot be written.</exception>
    public async Task<string> IngestAsync(IOutputSink lake, string? expected, CancellationToken cancellation)
    {
        if (_reading is null)
        {
            if (expected is not null && expected != Fingerprint)
                return "changed";
            await SetAsideAsync(lake).ConfigureAwait(false);
            return "set_aside";
        }

        try
        {
            StageOutput rows = _reading.Read(lake, cancellation);
            if (expected is not null && expected != rows.Fingerprint)
                return "changed";
            await lake.CommitAsync(rows).ConfigureAwait(false);
            return rows.Status;
        }
        finally
        {
            await _reading.DropStagedAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A manifest that breaks its rules describes no run; what is kept is that it was there, and why it was not used.</summary>
    private Task SetAsideAsync(IOutputSink lake)
    {
        string path = _source.ManifestPathInLab;
        DiagnosticKind kind = _source.IsDuplicate ? DiagnosticCatalogue.ManifestDuplicate : DiagnosticCatalogue.ManifestInvalid;
        var rows = new RowSink();
        rows.Add(new InputFileRow
        {
            Run = Run, Campaign = SetAsideCampaign, File = path, Role = "manifest", Format = "run.json", FormatVersion = 1, Compression = "plain",
            Sha256 = _source.ManifestDigest?.Sha256, Bytes = _source.ManifestDigest?.Bytes, DecodedBytes = _source.ManifestDigest?.Bytes,
            ParsedBytes = 0, SkippedBytes = 0, SetAsideBytes = _source.ManifestDigest?.Bytes, Status = "set_aside", Reason = $"{kind.Code}: {_source.Problems[0]}",
        });
        foreach (ManifestProblem problem in _source.Problems)
            rows.Add(DiagnosticRow.Of(Run, SetAsideCampaign, new Finding(kind, path, 1, null, null, problem.ToString())));
        IReadOnlyList<StageInput> inputs = _source.ManifestDigest is { } digest ? [new StageInput(path, digest.Sha256, digest.Bytes)] : [];
        return lake.CommitAsync(new StageOutput
        {
            Stage = RunReading.Stage, Run = Run, Campaign = SetAsideCampaign, Fingerprint = Fingerprint, Status = "set_aside", Inputs = inputs, Tables = [.. rows.Tables()],
        });
    }

    private string SetAsideFingerprint()
    {
        using var fingerprint = new Fingerprint();
        return fingerprint.Add("stage", RunReading.Stage).Add("manifest", _source.ManifestDigest?.Sha256).Add("problems", string.Join('\n', _source.Problems)).Finish();
    }

    private static string SetAsideId(RunSource source)
    {
        using var id = new Fingerprint();
        return SetAsidePrefix + id.Add("path", source.ManifestPathInLab).Add("content", source.ManifestDigest?.Sha256).Finish()[..16];
    }
}
