namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One domain in one iteration of a xentop log.</summary>
[Table("xentop_samples", "One domain in one iteration of a xentop log.")]
public sealed record XentopSampleRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name as xentop shows it.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Index, "Iteration of the log.")]
    public int SampleIndex { get; init; }

    [Column(Unit.Seconds, "Approximate time since the first iteration, by the lines of date that stand in the log; without any, index x nominal interval: xentop logs no time.")]
    public double TimeS { get; init; }

    [Column(Unit.Flag, "True when the iteration lies, by that time, inside the load window.")]
    public bool InLoadWindow { get; init; }

    [Column(Unit.Text, "State letters d s b c p r or -, as printed.")]
    public string State { get; init; } = "";

    [Column(Unit.Seconds, "Total CPU time, whole seconds (truncated by xentop).", NullMeans = "not printed")]
    public double? CpuS { get; init; }

    [Column(Unit.Fraction, "CPU of one pcpu over the last interval; may exceed 1.", NullMeans = "first iteration of the domain or of a recording: unknown, printed as 0.0")]
    public double? CpuFraction { get; init; }

    [Column(Unit.Kibibytes, "Memory.", NullMeans = "not printed")]
    public double? MemoryKib { get; init; }

    [Column(Unit.Count, "Virtual cpus.", NullMeans = "not printed")]
    public int? Vcpus { get; init; }

    [Column(Unit.Count, "Network interfaces; 0 on Open vSwitch hosts although traffic flows.", NullMeans = "not printed")]
    public int? Nets { get; init; }

    [Column(Unit.Kibibytes, "Cumulative traffic towards the guest (the counter is the vif's).", NullMeans = "not printed")]
    public double? NetTxKib { get; init; }

    [Column(Unit.Kibibytes, "Cumulative traffic sent by the guest.", NullMeans = "not printed")]
    public double? NetRxKib { get; init; }

    [Column(Unit.Count, "Block devices.", NullMeans = "not printed")]
    public int? Vbds { get; init; }

    [Column(Unit.Count, "Cumulative read requests.", NullMeans = "not printed")]
    public long? VbdRead { get; init; }

    [Column(Unit.Count, "Cumulative write requests.", NullMeans = "not printed")]
    public long? VbdWrite { get; init; }

    [Column(Unit.Fraction, "Memory / memory of the host.", NullMeans = "not printed")]
    public double? MemoryFraction { get; init; }

    [Column(Unit.Kibibytes, "Most memory that the domain may have.", NullMeans = "no limit, or not printed")]
    public double? MaxMemoryKib { get; init; }

    [Column(Unit.Fraction, "The same / memory of the host.", NullMeans = "no limit, or not printed")]
    public double? MaxMemoryFraction { get; init; }

    [Column(Unit.Count, "Cumulative block requests delayed for lack of resources.", NullMeans = "not printed")]
    public long? VbdDelayed { get; init; }

    [Column(Unit.Count, "Cumulative sectors of 512 B read.", NullMeans = "not printed; Xen before 4.0")]
    public long? VbdReadSectors { get; init; }

    [Column(Unit.Count, "Cumulative sectors of 512 B written.", NullMeans = "not printed; Xen before 4.0")]
    public long? VbdWriteSectors { get; init; }

    [Column(Unit.Id, "Security id.", NullMeans = "not printed")]
    public long? Ssid { get; init; }

    [Column(Unit.Index, "Raised when a cumulative figure of the domain fell: restarted, or a device was plugged in anew. Differences across series mean nothing.")]
    public int Series { get; init; }

    [Column(Unit.Index, "Number of the domain among those that show the same name in the iteration, in the order of the log: xentop cuts names.")]
    public int Occurrence { get; init; }
}
