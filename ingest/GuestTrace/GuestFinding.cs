namespace Colocate.Ingest.GuestTrace;

/// <summary>A finding of a worker.</summary>
/// <param name="Code">Code of its kind.</param>
/// <param name="Offset">Byte offset of the first occurrence; null when it has no place.</param>
/// <param name="Detail">With which values; null when the sentence says it all.</param>
/// <param name="Count">Occurrences.</param>
internal sealed record GuestFinding(string Code, long? Offset, string? Detail, long Count);
