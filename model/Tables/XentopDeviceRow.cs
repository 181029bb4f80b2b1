namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One block device in one iteration of a log of xentop -x.</summary>
[Table("xentop_devices", "One block device in one iteration of a log of xentop -x.")]
public sealed record XentopDeviceRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name as xentop shows it.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Index, "Iteration of the log.")]
    public int SampleIndex { get; init; }

    [Column(Unit.Name, "Backend: BlkBack, BlkTap, Tapdisk3 or Unidentified.")]
    public string Backend { get; init; } = "";

    [Column(Unit.Id, "Number of the device.")]
    public long Device { get; init; }

    [Column(Unit.Id, "Major and minor number, hexadecimal.")]
    public string MajorMinor { get; init; } = "";

    [Column(Unit.Count, "Cumulative requests delayed for lack of resources.", NullMeans = "not available to xentop")]
    public long? Delayed { get; init; }

    [Column(Unit.Count, "Cumulative read requests.", NullMeans = "not available to xentop")]
    public long? Reads { get; init; }

    [Column(Unit.Count, "Cumulative write requests.", NullMeans = "not available to xentop")]
    public long? Writes { get; init; }

    [Column(Unit.Count, "Cumulative sectors of 512 B read.", NullMeans = "not available to xentop, or Xen before 4.0")]
    public long? ReadSectors { get; init; }

    [Column(Unit.Count, "Cumulative sectors of 512 B written.", NullMeans = "not available to xentop, or Xen before 4.0")]
    public long? WriteSectors { get; init; }

    [Column(Unit.Index, "Number of the domain among those that show the same name in the iteration, in the order of the log: xentop cuts names.")]
    public int Occurrence { get; init; }
}
