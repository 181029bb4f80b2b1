namespace Colocate.Simulate.Clients;

/// <summary>A size that some of the replies of a workload have.</summary>
/// <param name="Bytes">Bytes of content, at least 0.</param>
/// <param name="Fraction">Fraction of the replies, above 0 and below 1.</param>
public readonly record struct ReplyShare(long Bytes, double Fraction);
