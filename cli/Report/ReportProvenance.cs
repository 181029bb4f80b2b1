namespace Colocate.Cli.Report;

/// <summary>Where the page comes from. It holds no time and no machine, so that the same lake gives the same page.</summary>
/// <param name="ToolVersion">Version of Colocate that read the lake and wrote the page.</param>
/// <param name="Command">The command that rebuilds the page.</param>
/// <param name="Fingerprints">What the tables of the lake were made from.</param>
public sealed record ReportProvenance(string ToolVersion, string Command, IReadOnlyList<TableFingerprint> Fingerprints);
