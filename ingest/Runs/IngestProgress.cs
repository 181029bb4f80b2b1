namespace Colocate.Ingest.Runs;

/// <summary>One run is finished.</summary>
/// <param name="Run">Run id, or the path of a manifest that was set aside.</param>
/// <param name="Status">ok, lossy, set_aside, or already_done.</param>
/// <param name="Finished">Runs finished so far.</param>
/// <param name="Total">Runs found.</param>
public readonly record struct IngestProgress(string Run, string Status, int Finished, int Total);
