namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One physical cpu in one iteration of a log of xentop -p.</summary>
[Table("xentop_pcpus", "One physical cpu in one iteration of a log of xentop -p.")]
public sealed record XentopPcpuRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Index, "Iteration of the log.")]
    public int SampleIndex { get; init; }

    [Column(Unit.Index, "Physical cpu.")]
    public int Pcpu { get; init; }

    [Column(Unit.Fraction, "Share of the last interval in which it was busy.", NullMeans = "first iteration of a recording: unknown, printed as 0.0")]
    public double? BusyFraction { get; init; }
}
