using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Ingest.GuestTrace;

/// <summary>What a worker tells of one guest trace, as JSON. Run, campaign and domain are the asker's.</summary>
internal sealed record GuestTraceAnswer
{
    public required long Parsed { get; init; }

    public required long Skipped { get; init; }

    public required long SetAside { get; init; }

    public required long Records { get; init; }

    public required long? LostRecords { get; init; }

    public required IReadOnlyList<GuestFinding> Findings { get; init; }

    public required IReadOnlyList<GuestResultRow> Results { get; init; }

    public required IReadOnlyList<GuestIntervalRow> Intervals { get; init; }

    /// <summary>What was read, for an asker elsewhere.</summary>
    internal static GuestTraceAnswer Of(InputContext context, RowSink rows) => new()
    {
        Parsed = context.Bytes.Parsed,
        Skipped = context.Bytes.Skipped,
        SetAside = context.Bytes.SetAside,
        Records = context.Bytes.Records,
        LostRecords = context.Bytes.LostRecords,
        Findings = [.. context.Findings.ToList().Select(f => new GuestFinding(f.Kind.Code, f.FirstOffset, f.Detail, f.Count))],
        Results = [.. rows.Of<GuestResultRow>()],
        Intervals = [.. rows.Of<GuestIntervalRow>()],
    };

    /// <summary>Takes the answer over into the reading of a file.</summary>
    internal void Give(InputContext context, RowSink rows)
    {
        ByteAccount bytes = context.Bytes;
        (bytes.Parsed, bytes.Skipped, bytes.SetAside, bytes.Records, bytes.LostRecords) = (Parsed, Skipped, SetAside, Records, LostRecords);
        foreach (GuestFinding finding in Findings)
            context.Findings.Add(DiagnosticCatalogue.All.Single(k => k.Code == finding.Code), finding.Offset, detail: finding.Detail, count: finding.Count);
        string run = context.Run.Run, campaign = context.Run.Campaign, domain = context.Domain?.Name ?? "";
        foreach (GuestResultRow row in Results)
            rows.Add(row with { Run = run, Campaign = campaign, Domain = domain });
        foreach (GuestIntervalRow row in Intervals)
            rows.Add(row with { Run = run, Campaign = campaign, Domain = domain });
    }
}
