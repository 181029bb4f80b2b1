using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Formats;

/// <summary>What a format is told about the file it reads, and where it reports to. One instance a file; not thread safe.</summary>
public sealed class InputContext
{
    /// <summary>The run that the file belongs to.</summary>
    public required RunManifest Run { get; init; }

    /// <summary>The guest that a client log or guest trace is about; null for files about the whole host.</summary>
    public DomainSpec? Domain { get; init; }

    /// <summary>Settings that change results.</summary>
    public required IngestSettings Settings { get; init; }

    /// <summary>Receives what was found wrong.</summary>
    public required FindingLog Findings { get; init; }

    /// <summary>Opens the decoded content a second time from its first byte; null when the input can be read only once.</summary>
    public Func<Stream>? Reopen { get; init; }

    /// <summary>Begins a table whose rows do not fit into memory; null where none is wanted.</summary>
    public Func<Table, StagedTable>? BeginTable { get; init; }

    /// <summary>Set by a trace format; null for other files.</summary>
    public TraceFacts? Trace { get; set; }

    /// <summary>Receives where the bytes went.</summary>
    public ByteAccount Bytes { get; } = new();
}
