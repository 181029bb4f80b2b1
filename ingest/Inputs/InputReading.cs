using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Inputs;

/// <summary>Reads one input file: opens, recognises, parses, and accounts for it.</summary>
internal sealed class InputReading
{
    private readonly InputFile _file;
    private readonly FindingLog _findings;
    private Compression _compression;
    private IInputFormat? _format;
    private ByteAccount _bytes = new();

    private InputReading(InputFile file)
    {
        _file = file;
        _findings = new FindingLog(file.PathInLab);
    }

    internal IReadOnlyList<Finding> Findings => _findings.ToList();

    /// <summary>What a trace says of its host; null for other files.</summary>
    internal TraceFacts? Trace { get; private set; }

    /// <summary>The file's line in the table of inputs.</summary>
    internal InputFileRow Row { get; private set; } = new();

    /// <summary>Reads a file to its end and adds its rows. Bad content becomes findings; nothing is thrown but cancellation.</summary>
    internal static InputReading Read(
        InputFile file, RunManifest run, IngestSettings settings, RowSink rows, Func<Table, StagedTable>? beginTable, CancellationToken cancellation)
    {
        var reading = new InputReading(file);
        var own = new RowSink();
        try
        {
            if (!file.Exists)
                reading._findings.Add(DiagnosticCatalogue.FileMissing);
            else if (file.LeavesLab)
                reading._findings.Add(DiagnosticCatalogue.FileOutside);
            else if (!file.IsPiped && file.SizeOnDisk == 0)
                reading._findings.Add(DiagnosticCatalogue.FileEmpty);
            else
                reading.ReadContent(run, settings, own, beginTable, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reading._findings.Add(DiagnosticCatalogue.FileUnreadable, detail: e.Message);
        }

        rows.Add(own);
        reading.Row = reading.Describe(run, lossy: own.Of<HostMetricsRow>().Any(r => r.Lossy) || own.Of<DomainMetricsRow>().Any(r => r.Lossy));
        return reading;
    }

    private void ReadContent(RunManifest run, IngestSettings settings, RowSink rows, Func<Table, StagedTable>? beginTable, CancellationToken cancellation)
    {
        using DecodedStream content = _file.OpenOnce(_findings, out _compression);
        byte[] head = new byte[FormatCatalogue.HeadBytes];
        int got = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        IInputFormat? recognised = FormatCatalogue.Recognise(head.AsSpan(0, got));
        _format = settings.InputFormat is { } forced ? FormatCatalogue.Find(forced) : recognised;
        if (_format is null || _format.Role != _file.Role)
        {
            if (got == 0 && !_findings.HasError)
                _findings.Add(DiagnosticCatalogue.FileEmpty);
            else if (got > 0)
                FindMismatch(settings.InputFormat is not null, recognised is null ? ContentLook.Of(head.AsSpan(0, got)) : recognised.Id);
            Drain(content, cancellation);
            _file.TakeDigest(content);
            _bytes.SetAside = content.Count;
            return;
        }

        var context = new InputContext
        {
            Run = run, Domain = _file.Domain, Settings = settings, Findings = _findings,
            BeginTable = beginTable,
            Reopen = _file.IsPiped ? null : () => _file.Open(new FindingLog(null), out _),
        };
        using var whole = new HeadStream(head.AsMemory(0, got), content) { LeavesOpen = true };
        _format.Read(whole, context, rows, cancellation);
        _file.TakeDigest(content);
        _bytes = context.Bytes;
        Trace = context.Trace;
        if (_bytes.Parsed == 0 && recognised is not null && recognised != _format)
            _findings.Add(DiagnosticCatalogue.FileForcedFormat, offset: 0, detail: $"the content looks like {recognised.Id}, and was read as {_format.Id}");
        if (_bytes.Total != content.Count)
            throw new InvalidOperationException($"{_format.Id} accounts for {_bytes.Total} of {content.Count} bytes of {_file.PathInLab}");
    }

    /// <summary>Finds that a file cannot be what the run uses it for.</summary>
    private void FindMismatch(bool isForced, string look)
    {
        string expected = string.Join(" or ", FormatCatalogue.All.Where(f => f.Role == _file.Role).Select(f => f.Id));
        if (isForced)
            _findings.Add(DiagnosticCatalogue.FileForcedFormat, offset: 0, detail: $"the run needs {expected}, --input-format names {_format?.Id}, the content looks like {look}");
        else
            _findings.Add(_format is null ? DiagnosticCatalogue.FileUnknown : DiagnosticCatalogue.FileWrongFormat, offset: 0, detail: $"expected {expected}, found {look}");
    }

    private InputFileRow Describe(RunManifest run, bool lossy)
    {
        IReadOnlyList<Finding> findings = Findings;
        bool setAside = _file.Digest is null || _format is null || _bytes.Parsed == 0;
        lossy |= findings.Any(f => f.Kind.Severity is Severity.DataLoss or Severity.Error && f.Kind != DiagnosticCatalogue.TraceLost);
        Finding? worst = findings.OrderByDescending(f => f.Kind.Severity).FirstOrDefault();
        bool known = _file.Digest is not null;
        return new InputFileRow
        {
            Run = run.Run,
            Campaign = run.Campaign,
            File = _file.PathInLab,
            Role = _file.RoleName,
            Format = _format?.Id,
            FormatVersion = _format?.Version,
            Compression = _compression.ToString().ToLowerInvariant(),
            Sha256 = _file.Digest?.Sha256,
            Xxh128 = _file.Digest?.Xxh128,
            Bytes = _file.Digest?.Bytes,
            DecodedBytes = known ? _bytes.Total : null,
            ParsedBytes = known ? _bytes.Parsed : null,
            SkippedBytes = known ? _bytes.Skipped : null,
            SetAsideBytes = known ? _bytes.SetAside : null,
            Records = setAside ? null : _bytes.Records,
            LostRecords = _bytes.LostRecords,
            Status = setAside ? "set_aside" : lossy ? "lossy" : "ok",
            Reason = setAside || lossy ? worst is null ? null : $"{worst.Kind.Code}: {worst.Kind.Sentence}" : null,
        };
    }

    private static void Drain(Stream content, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        while (content.Read(buffer) > 0)
            cancellation.ThrowIfCancellationRequested();
    }
}
