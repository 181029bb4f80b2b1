namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>How often a domain entered the hypervisor, by way and by what for.</summary>
[Table("trace_calls", "How often a domain entered the hypervisor, by hypercall or by VM exit, and what for.")]
public sealed record TraceCallRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name; idle for the idle domain.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Id, "Domain id.")]
    public int Domid { get; init; }

    [Column(Unit.Name, "hypercall (sub-calls of a multicall are counted, and so is the multicall) or vm_exit.")]
    public string Kind { get; init; } = "";

    [Column(Unit.Id, "Hypercall number, or exit reason of the processor.", NullMeans = "beyond all that are known; they are counted together")]
    public int? Number { get; init; }

    [Column(Unit.Name, "Name of the hypercall (xen/include/public/xen.h) or of the exit reason; the reasons that occur tell Intel from AMD.", NullMeans = "no name is known")]
    public string? Name { get; init; }

    [Column(Unit.Count, "Records.")]
    public long Records { get; init; }
}
