namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Records that Xen dropped on one pcpu.</summary>
/// <param name="Records">How many.</param>
/// <param name="Since">Time of the first of them.</param>
/// <param name="Running">Who runs when logging resumes: domain in the high half, vcpu in the low half.</param>
internal readonly record struct Loss(uint Records, ulong Since, uint Running);
