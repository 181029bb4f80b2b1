using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>Counts what is wrong with a trace, and keeps the byte account in step: every skipped byte has a finding.</summary>
internal sealed class TraceFaults(FindingLog findings, ByteAccount bytes)
{
    internal void Count(DiagnosticKind kind, long? offset, int? pcpu, string? detail = null, long count = 1) =>
        findings.Add(kind, offset, pcpu, detail, count);

    internal void Skip(DiagnosticKind kind, long offset, int? pcpu, long skippedBytes)
    {
        findings.Add(kind, offset, pcpu);
        bytes.Skipped += skippedBytes;
    }

    /// <summary>More bytes skipped for a reason already counted.</summary>
    internal void SkipMore(long skippedBytes) => bytes.Skipped += skippedBytes;
}
