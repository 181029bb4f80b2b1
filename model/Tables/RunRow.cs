namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One run of a lab.</summary>
[Table("runs", "One run of a lab.")]
public sealed record RunRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "What the run was made for: base, solo, pair, sweep, idle, weight, cap, three or other.")]
    public string Kind { get; init; } = "";

    [Column(Unit.Name, "The kind as the manifest spells it.")]
    public string KindDeclared { get; init; } = "";

    [Column(Unit.Name, "Host name, or hypervisor and scheduler where the manifest names none.")]
    public string Host { get; init; } = "";

    [Column(Unit.Name, "Hypervisor with version.", NullMeans = "not recorded in the manifest")]
    public string? Hypervisor { get; init; }

    [Column(Unit.Name, "Scheduler of the hypervisor.", NullMeans = "not recorded in the manifest")]
    public string? Scheduler { get; init; }

    [Column(Unit.Milliseconds, "Scheduler time slice.", NullMeans = "not recorded in the manifest")]
    public double? TsliceMs { get; init; }

    [Column(Unit.Microseconds, "Scheduler rate limit; 0 = off.", NullMeans = "not recorded in the manifest")]
    public double? RatelimitUs { get; init; }

    [Column(Unit.Count, "Physical cpus that Xen schedules on.")]
    public int Pcpus { get; init; }

    [Column(Unit.Hertz, "TSC frequency used for this run's trace.", NullMeans = "no trace, or none could be determined")]
    public double? TscHz { get; init; }

    [Column(Unit.Name, "Where the frequency comes from: option, manifest or calibrated.", NullMeans = "no frequency")]
    public string? TscHzSource { get; init; }

    [Column(Unit.MegabitsPerSecond, "Rate of the shared network card.", NullMeans = "not recorded in the manifest")]
    public double? NicMbit { get; init; }

    [Column(Unit.Bytes, "Token-bucket burst of the card.", NullMeans = "not recorded in the manifest")]
    public long? NicBurstBytes { get; init; }

    [Column(Unit.Bytes, "Transmit queue of the card.", NullMeans = "not recorded in the manifest")]
    public long? NicQueueBytes { get; init; }

    [Column(Unit.Fraction, "Nominal load; 1 = saturation. The offered rate of each guest is the fact.", NullMeans = "the run has no such notion")]
    public double? RateFraction { get; init; }

    [Column(Unit.Time, "Wall-clock start.", NullMeans = "not recorded in the manifest")]
    public string? StartUtc { get; init; }

    [Column(Unit.Seconds, "Time for which clients offered load.", NullMeans = "not recorded in the manifest")]
    public double? LoadS { get; init; }

    [Column(Unit.Seconds, "Load before tracing began.", NullMeans = "not recorded in the manifest")]
    public double? TraceStartsAfterS { get; init; }

    [Column(Unit.Name, "ok; lossy: some input lost data; set_aside: some input could not be used.")]
    public string Status { get; init; } = "";

    [Column(Unit.Count, "Input files of the run, the manifest not counted.")]
    public int Files { get; init; }

    [Column(Unit.Text, "Free text of the manifest.")]
    public string Notes { get; init; } = "";

    [Column(Unit.Name, "Oldest release of Xen that writes records such as this run's trace has, such as 4.8.", NullMeans = "no trace, or it does not show")]
    public string? XenMin { get; init; }

    [Column(Unit.Name, "Newest such release.", NullMeans = "no trace, or it does not show")]
    public string? XenMax { get; init; }
}
