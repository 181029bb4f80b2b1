namespace Colocate.Ingest.Runs;

/// <summary>What lies below the paths of an ingest.</summary>
/// <param name="Units">Every run, each to be ingested for itself.</param>
/// <param name="LeftOut">Every file that is of no run, except those that a lab's layout knows: manifests, <c>xenalyze.txt</c> beside them, notes that <c>init</c> reads, lakes, and names that begin with a dot.</param>
public sealed record LabContents(IReadOnlyList<IngestUnit> Units, IReadOnlyList<LeftOutFile> LeftOut);
