namespace Colocate.Ingest.Runs;

/// <summary>A file below the paths of an ingest that no run is made of.</summary>
/// <param name="Path">The file, from the path on that was given.</param>
/// <param name="Why">Why it was left out and what can be done, without a full stop.</param>
/// <param name="IsInput">True where it was asked for, or may be a log that a run lacks; false for what merely lies beside the logs, such as notes.</param>
public sealed record LeftOutFile(string Path, string Why, bool IsInput);
