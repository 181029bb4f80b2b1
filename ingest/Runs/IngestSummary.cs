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

    /// <summary>Runs ingested now.</summary>
    public int Done => Runs - AlreadyDone;
}
