namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>What one pcpu did over the whole trace.</summary>
[Table("pcpu_states", "What one pcpu did over the whole trace: busy for domains, idle, or records lost. What is left of the window went into switching.")]
public sealed record PcpuStateRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Index, "Physical cpu.")]
    public int Pcpu { get; init; }

    [Column(Unit.Count, "Records logged on it, without filler.")]
    public long Records { get; init; }

    [Column(Unit.Cycles, "Length of the window, the same for all pcpus: first to last record of the trace.")]
    public long WindowCycles { get; init; }

    [Column(Unit.Cycles, "Time in which it ran vcpus of domains.", NullMeans = "run states not traced", ReasonIn = nameof(StatesReason))]
    public long? BusyCycles { get; init; }

    [Column(Unit.Cycles, "Time in which it ran the idle domain.", NullMeans = "run states not traced", ReasonIn = nameof(StatesReason))]
    public long? IdleCycles { get; init; }

    [Column(Unit.Count, "Times a vcpu was put on it; the idle domain's are not counted.", NullMeans = "run states not traced", ReasonIn = nameof(StatesReason))]
    public long? Executions { get; init; }

    [Column(Unit.Text, "Why its use is unknown.", NullMeans = "it is known")]
    public string? StatesReason { get; init; }

    [Column(Unit.Cycles, "Time in which its records were lost.")]
    public long LostCycles { get; init; }
}
