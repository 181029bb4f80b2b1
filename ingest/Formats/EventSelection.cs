namespace Colocate.Ingest.Formats;

/// <summary>Which records of a trace become rows of the table <c>events</c>.</summary>
public sealed record EventSelection
{
    /// <summary>Only records of pcpus that these domains have, by name or number; null for all.</summary>
    public IReadOnlyList<string>? Domains { get; init; }

    /// <summary>Only events whose name matches: <c>%</c> stands for any text, <c>_</c> for one character, upper and lower case alike; null for all.</summary>
    public string? Like { get; init; }

    /// <summary>Only records at least this long after the first one, in seconds; null from the begin.</summary>
    public double? FromS { get; init; }

    /// <summary>Only records less than this long after the first one, in seconds; null to the end.</summary>
    public double? ToS { get; init; }
}
