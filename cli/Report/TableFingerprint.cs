namespace Colocate.Cli.Report;

/// <summary>What determines the content of one table of the lake.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Fingerprint">Digest over everything that its rows follow from, in hex.</param>
public sealed record TableFingerprint(string Table, string Fingerprint);
