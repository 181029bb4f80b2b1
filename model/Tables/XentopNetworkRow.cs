namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One network interface in one iteration of a log of xentop -n.</summary>
[Table("xentop_networks", "One network interface in one iteration of a log of xentop -n.")]
public sealed record XentopNetworkRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name as xentop shows it.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Index, "Iteration of the log.")]
    public int SampleIndex { get; init; }

    [Column(Unit.Index, "Interface of the domain.")]
    public int Network { get; init; }

    [Column(Unit.Bytes, "Cumulative traffic sent by the guest (received by the vif).")]
    public long RxBytes { get; init; }

    [Column(Unit.Count, "Packets of it.")]
    public long RxPackets { get; init; }

    [Column(Unit.Count, "Errors of it.")]
    public long RxErrors { get; init; }

    [Column(Unit.Count, "Packets of it that were dropped.")]
    public long RxDropped { get; init; }

    [Column(Unit.Bytes, "Cumulative traffic towards the guest (sent by the vif).")]
    public long TxBytes { get; init; }

    [Column(Unit.Count, "Packets of it.")]
    public long TxPackets { get; init; }

    [Column(Unit.Count, "Errors of it.")]
    public long TxErrors { get; init; }

    [Column(Unit.Count, "Packets of it that were dropped.")]
    public long TxDropped { get; init; }

    [Column(Unit.Index, "Number of the domain among those that show the same name in the iteration, in the order of the log: xentop cuts names.")]
    public int Occurrence { get; init; }
}
