namespace Colocate.Model.Runs;

/// <summary>The xentrace binary of a run.</summary>
public sealed record TraceSpec
{
    /// <summary>Path relative to the manifest.</summary>
    public required string File { get; init; }

    /// <summary>Event mask as given to xentrace (<c>all</c> or a number); null when unknown.</summary>
    public string? Events { get; init; }

    /// <summary>Seconds of load before tracing began; null when unknown.</summary>
    public double? StartsAfterS { get; init; }

    /// <summary>Seconds traced; null when unknown.</summary>
    public double? Seconds { get; init; }
}
