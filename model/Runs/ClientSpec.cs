namespace Colocate.Model.Runs;

/// <summary>The load generator of one guest.</summary>
public sealed record ClientSpec
{
    /// <summary>Name of the program; the log is recognised by content, so this is only for people.</summary>
    public string? Tool { get; init; }

    /// <summary>Log file relative to the manifest.</summary>
    public required string File { get; init; }

    /// <summary>Seconds after which the client gives a request up; null when unknown.</summary>
    public double? TimeoutS { get; init; }

    /// <summary>Requests sent over one connection; null when unknown.</summary>
    public double? RequestsPerConnection { get; init; }

    /// <summary>Arrival process (<c>constant</c>, <c>poisson</c>, ...); null when unknown.</summary>
    public string? Arrivals { get; init; }
}
