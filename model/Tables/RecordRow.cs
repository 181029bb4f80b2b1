namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>
/// One record of a hypervisor trace; only stored on request. Run and campaign stand in the file's name and folder and not in every one of
/// millions of rows: texts that never change cost a quarter of the time it takes to write the others.
/// </summary>
[Table("events", "One record of a hypervisor trace, stored by ingest --events; in the order of the file, which is that of time within a pcpu. File name and folder tell run and campaign.", KeysStandInPath = true)]
public sealed record RecordRow
{
    [Column(Unit.Index, "Physical cpu that logged it.")]
    public int Pcpu { get; init; }

    [Column(Unit.Cycles, "TSC of the record, or of the one before it on this pcpu when it carries none.")]
    public long Tsc { get; init; }

    [Column(Unit.Nanoseconds, "Time since the first record of the trace.", NullMeans = "the TSC frequency is unknown")]
    public long? TsNs { get; init; }

    [Column(Unit.Id, "Event id: class, subclass and number; the table trace_events has its name.")]
    public int EventId { get; init; }

    [Column(Unit.Id, "Domain that had the pcpu before the record; 32767 is idle.", NullMeans = "no record of this pcpu has told yet")]
    public int? Domid { get; init; }

    [Column(Unit.Index, "Vcpu of that domain.", NullMeans = "no record of this pcpu has told yet")]
    public int? Vcpu { get; init; }

    [Column(Unit.Word, "First payload word, unsigned; layouts as in xen/include/public/trace.h.", NullMeans = "the record has fewer words")]
    public uint? W0 { get; init; }

    [Column(Unit.Word, "Second payload word.", NullMeans = "the record has fewer words")]
    public uint? W1 { get; init; }

    [Column(Unit.Word, "Third payload word.", NullMeans = "the record has fewer words")]
    public uint? W2 { get; init; }

    [Column(Unit.Word, "Fourth payload word.", NullMeans = "the record has fewer words")]
    public uint? W3 { get; init; }

    [Column(Unit.Word, "Fifth payload word.", NullMeans = "the record has fewer words")]
    public uint? W4 { get; init; }

    [Column(Unit.Word, "Sixth payload word.", NullMeans = "the record has fewer words")]
    public uint? W5 { get; init; }

    [Column(Unit.Word, "Seventh payload word.", NullMeans = "the record has fewer words")]
    public uint? W6 { get; init; }

    [Column(Unit.Flag, "True when the record carries a TSC; false when tsc is that of the record before it on this pcpu.")]
    public bool HasTsc { get; init; }
}
