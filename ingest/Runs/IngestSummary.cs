namespace Colocate.Ingest.Runs;

/// <summary>What an ingest did.</summary>
public sealed record IngestSummary
{
    /// <summary>Runs found.</summary>
    public required int Runs { get; init; }

    /// <summary>Runs that the lake already held from the same bytes.</summary>
    public required int AlreadyDone { get; init; }

    /// <summary>Runs of which some input lost data, ingested now or before.</summary>
    public required int Lossy { get; init; }

    /// <summary>Runs of which some input, or the manifest, could not be used, ingested now or before.</summary>
    public required int SetAside { get; init; }

    /// <summary>Runs of the lake that are not below the paths given, by id; removed when <see cref="Pruned"/>, else still there and counting.</summary>
    public required IReadOnlyList<string> NotFound { get; init; }

    /// <summary>True when runs that were not found were removed.</summary>
    public required bool Pruned { get; init; }

    /// <summary>Runs ingested now.</summary>
    public int Done => Runs - AlreadyDone;
}
