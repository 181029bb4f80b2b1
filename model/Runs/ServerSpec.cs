namespace Colocate.Model.Runs;

/// <summary>The web server of one guest.</summary>
public sealed record ServerSpec
{
    /// <summary>Name and version; null when unknown.</summary>
    public string? Name { get; init; }

    /// <summary>Requests served at once (processes or threads); null when unknown.</summary>
    public int? Workers { get; init; }

    /// <summary>Listen backlog in connections; null when unknown.</summary>
    public int? Backlog { get; init; }
}
