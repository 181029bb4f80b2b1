namespace Colocate.Ingest.Runs;

/// <summary>Where a run lies, so that another process finds the very same run again without searching the lab.</summary>
/// <param name="Lab">Lab folder, absolute.</param>
/// <param name="Folder">Folder of the run relative to it; empty for the lab folder itself.</param>
/// <param name="Files">Names of the files that make a run without manifest; null for other runs.</param>
/// <param name="Published">Run of published tables; null for other runs.</param>
/// <param name="DuplicateOf">Manifest that gave the same run id before; null when none did.</param>
public sealed record RunReference(string Lab, string Folder, IReadOnlyList<string>? Files, string? Published, string? DuplicateOf);
