namespace Colocate.Model.Runs;

/// <summary>A guest of a <see cref="RunListing"/>.</summary>
/// <param name="Domain">Name.</param>
/// <param name="Workload">Workload; null when unknown.</param>
/// <param name="OfferedPerS">Requests offered a second; null when unknown.</param>
public sealed record ListedGuest(string Domain, string? Workload, double? OfferedPerS);
