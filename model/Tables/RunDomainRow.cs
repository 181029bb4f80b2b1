namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One domain of a run, as the manifest describes it.</summary>
[Table("run_domains", "One domain of a run, as the manifest describes it.")]
public sealed record RunDomainRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Index, "Place in the manifest.")]
    public int DomainIndex { get; init; }

    [Column(Unit.Id, "Domain id during this run.", NullMeans = "the domain did not exist during the run")]
    public int? Domid { get; init; }

    [Column(Unit.Count, "Virtual cpus.")]
    public int Vcpus { get; init; }

    [Column(Unit.Count, "Scheduler weight.", NullMeans = "not recorded in the manifest")]
    public double? Weight { get; init; }

    [Column(Unit.Fraction, "Scheduler cap as a fraction of one pcpu; 0 = none.", NullMeans = "not recorded in the manifest")]
    public double? CapFraction { get; init; }

    [Column(Unit.Name, "driver or guest.")]
    public string Role { get; init; } = "";

    [Column(Unit.Name, "Workload; idle when not loaded.", NullMeans = "driver domain")]
    public string? Workload { get; init; }

    [Column(Unit.Bytes, "Content of one reply.", NullMeans = "not recorded in the manifest")]
    public long? ReplyBytes { get; init; }

    [Column(Unit.PerSecond, "Requests that the client offered.", NullMeans = "not loaded, or not recorded in the manifest")]
    public double? OfferedPerS { get; init; }

    [Column(Unit.Count, "Requests that the guest's server handles at once.", NullMeans = "not loaded, or not recorded in the manifest")]
    public int? ServerWorkers { get; init; }

    [Column(Unit.Count, "Listen backlog of the guest's server.", NullMeans = "not loaded, or not recorded in the manifest")]
    public int? ServerBacklog { get; init; }

    [Column(Unit.Seconds, "Time after which the client gives a request up.", NullMeans = "not loaded, or not recorded in the manifest")]
    public double? ClientTimeoutS { get; init; }

    [Column(Unit.Name, "Arrival process of the client: constant, poisson, ...", NullMeans = "not loaded, or not recorded in the manifest")]
    public string? ClientArrivals { get; init; }
}
