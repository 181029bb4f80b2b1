using Colocate.Model.Lake;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Runs;

/// <summary>A run that was found on disk: its manifest, or why it has none.</summary>
internal sealed record RunSource
{
    /// <summary>Folder that paths are relative to and may not leave.</summary>
    internal required string LabFolder { get; init; }

    /// <summary>Folder of the run relative to the lab folder, with <c>/</c>; empty for the lab folder itself.</summary>
    internal required string FolderInLab { get; init; }

    /// <summary>The manifest; null when it is invalid.</summary>
    internal RunManifest? Manifest { get; init; }

    /// <summary>Rules that the manifest breaks.</summary>
    internal IReadOnlyList<ManifestProblem> Problems { get; init; } = [];

    /// <summary>Digest of <c>run.json</c>; null for a run put together from loose files.</summary>
    internal FileDigest? ManifestDigest { get; init; }

    /// <summary>Another manifest of the lab that gave the same run id before; null when none did.</summary>
    internal string? DuplicateOf { get; init; }

    internal bool IsDuplicate => DuplicateOf is not null;

    /// <summary>Names of the files that a run without manifest was put together from; null for other runs.</summary>
    internal IReadOnlyList<string>? LooseFiles { get; init; }

    /// <summary>True for a run that published tables tell of.</summary>
    internal bool IsPublished { get; init; }

    /// <summary>Content that comes through a pipe; null for runs that lie in files.</summary>
    internal Stream? Piped { get; init; }

    internal string ManifestPathInLab => FolderInLab.Length == 0 ? ManifestReader.FileName : $"{FolderInLab}/{ManifestReader.FileName}";
}
