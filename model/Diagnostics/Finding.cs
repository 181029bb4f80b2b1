namespace Colocate.Model.Diagnostics;

/// <summary>One kind of diagnostic as it occurred in one input: how often, and where first.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="File">Path of the input relative to the lab folder; null when the finding concerns the whole run.</param>
/// <param name="Count">Number of occurrences, at least 1.</param>
/// <param name="FirstOffset">Byte offset (in the decoded file) or 1-based line number of the first occurrence; null when it has no place.</param>
/// <param name="Pcpu">Physical cpu of the first occurrence; null when it has none.</param>
/// <param name="Detail">What exactly, with values; null when the sentence of the kind says it all.</param>
public sealed record Finding(DiagnosticKind Kind, string? File, long Count, long? FirstOffset, int? Pcpu, string? Detail);
