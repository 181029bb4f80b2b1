using Colocate.Model.Tables;

namespace Colocate.Model.Lake;

/// <summary>What one stage computed for one run, or for the whole lake: the unit of commit.</summary>
public sealed record StageOutput
{
    /// <summary>Stage, for instance <c>ingest</c> or <c>scores</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Run id; null for output about the whole lake.</summary>
    public string? Run { get; init; }

    /// <summary>Campaign of the run; null exactly when <see cref="Run"/> is.</summary>
    public string? Campaign { get; init; }

    /// <summary>What determines the output; equal fingerprints mean equal output.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>ok, lossy or set_aside.</summary>
    public string Status { get; init; } = "ok";

    /// <summary>Input files with path relative to the lab folder, digest and size.</summary>
    public IReadOnlyList<StageInput> Inputs { get; init; } = [];

    /// <summary>Settings that determined the rows besides the inputs; part of the <see cref="Fingerprint"/>.</summary>
    public IReadOnlyList<StageSetting> Settings { get; init; } = [];

    /// <summary>The run in one line; null when the output is not what makes a run known.</summary>
    public Runs.RunListing? Listing { get; init; }

    /// <summary>The rows, by table. Tables without rows need not be there.</summary>
    public required IReadOnlyList<KeyValuePair<Table, IReadOnlyList<object>>> Tables { get; init; }

    /// <summary>Tables that were written beforehand because they are large; committed with the others.</summary>
    public IReadOnlyList<StagedTable> Staged { get; init; } = [];
}
