namespace Colocate.Cli.Report;

/// <summary>Where the page comes from. It holds no time and no machine, so that the same lake gives the same page.</summary>
/// <param name="ToolVersion">Version of Colocate that read the lake and wrote the page.</param>
/// <param name="Command">The command that rebuilds the page, given in the folder that holds the lake.</param>
/// <param name="Settings">What was set for the steps whose tables the page shows, in the order of the steps.</param>
/// <param name="Fingerprints">What the tables of the lake were made from.</param>
public sealed record ReportProvenance(string ToolVersion, string Command, IReadOnlyList<SettingUsed> Settings, IReadOnlyList<TableFingerprint> Fingerprints);
