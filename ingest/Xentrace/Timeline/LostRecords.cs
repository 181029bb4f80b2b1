namespace Colocate.Ingest.Xentrace.Timeline;

/// <summary>Records that Xen dropped because its buffer was full.</summary>
/// <param name="Pcpu">Where.</param>
/// <param name="Records">How many.</param>
/// <param name="FromNs">Time of the first of them, in ns since the first record of the trace.</param>
/// <param name="ToNs">When logging resumed.</param>
public readonly record struct LostRecords(int Pcpu, long Records, long FromNs, long ToNs);
