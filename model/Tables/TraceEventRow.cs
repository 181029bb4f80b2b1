namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>How often one event id occurs in the trace of a run.</summary>
[Table("trace_events", "How often one event id occurs in the trace of a run.")]
public sealed record TraceEventRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Id, "Event id: class, subclass and number, as in xen/include/public/trace.h.")]
    public long EventId { get; init; }

    [Column(Unit.Name, "gen, sched, dom0op, hvm, mem, pv, shadow, hw, guest or corrupt.")]
    public string EventClass { get; init; } = "";

    [Column(Unit.Name, "Name of the event.", NullMeans = "not in the tables")]
    public string? Event { get; init; }

    [Column(Unit.Count, "Records with this id.")]
    public long Records { get; init; }
}
