namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>Time of one vcpu in each run state over the whole trace.</summary>
[Table("vcpu_states", "Time of one vcpu in each run state over the whole trace.")]
public sealed record VcpuStateRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Domain name; idle for the idle domain.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Id, "Domain id.")]
    public int Domid { get; init; }

    [Column(Unit.Index, "Vcpu number.")]
    public int Vcpu { get; init; }

    [Column(Unit.Cycles, "Time running.")]
    public long RunningCycles { get; init; }

    [Column(Unit.Cycles, "Time runnable: waiting for a pcpu.")]
    public long RunnableCycles { get; init; }

    [Column(Unit.Cycles, "Time blocked.")]
    public long BlockedCycles { get; init; }

    [Column(Unit.Cycles, "Time offline.")]
    public long OfflineCycles { get; init; }

    [Column(Unit.Cycles, "Time during which its state is unknown because records were lost.")]
    public long LostCycles { get; init; }

    [Column(Unit.Count, "Times the vcpu was put on a pcpu.")]
    public long Executions { get; init; }

    [Column(Unit.Count, "Changes from running to runnable.")]
    public long Preemptions { get; init; }

    [Column(Unit.Count, "Changes from blocked or offline to runnable.")]
    public long Wakes { get; init; }

    [Column(Unit.Cycles, "Part of the runnable time that a wake began.")]
    public long WaitAfterWakeCycles { get; init; }

    [Column(Unit.Cycles, "Part of the runnable time that a preemption began.")]
    public long WaitAfterPreemptionCycles { get; init; }

    [Column(Unit.Cycles, "Part of the runnable time of which the trace does not show the cause: it waited from the begin, or records were lost.")]
    public long WaitOtherCycles { get; init; }
}
