namespace Colocate.Ingest.Formats;

/// <summary>
/// How traces of guests are read in a process of their own. TraceEvent works on raw memory: a file made with intent may end or stall the
/// process that reads it, which must not be the one that has the rest of the batch in hand.
/// </summary>
public sealed record GuestTraceFence
{
    /// <summary>Default of <see cref="MaxMemoryBytes"/>.</summary>
    public const long DefaultMaxMemoryBytes = 1L << 30;

    /// <summary>Default of <see cref="MaxTimeS"/>.</summary>
    public const double DefaultMaxTimeS = 600;

    /// <summary>Program that runs <see cref="GuestTrace.GuestTraceWorker"/>.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Memory in bytes that the process may take; it is ended beyond.</summary>
    public long MaxMemoryBytes { get; init; } = DefaultMaxMemoryBytes;

    /// <summary>Seconds that it may take for one file; it is ended then.</summary>
    public double MaxTimeS { get; init; } = DefaultMaxTimeS;
}
