using Colocate.Model.Tables;

namespace Colocate.Model.Metrics;

/// <summary>The eight system-level metrics. Section numbers are those of "Understanding Performance Interference of I/O Workload in Virtualized Cloud Environments" (IEEE CLOUD 2010).</summary>
public static class MetricCatalogue
{
    /// <summary>The metrics in the paper's order.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("cpu_fraction", "CPU", Unit.Fraction, "running time / window; of one pcpu", "paper III, metric 1; xen/include/public/vcpu.h runstates"),
        new("events_per_s", "VMM events", Unit.PerSecond, "trace records / window", "paper III, metric 2; magnitudes of Table II fit trace records, not notifications (those are event_channel_per_s)"),
        new("switches_per_s", "VM switches", Unit.PerSecond, "switches / window", "paper III, metric 3; trace.h TRC_SCHED_SWITCH"),
        new("pages_per_s", "I/O count", Unit.PerSecond, "(grant maps + transfers + copies) / window", "paper III, metric 4, which counted page flips; trace.h TRC_MEM_PAGE_GRANT_*, grant_table.h GNTTABOP_copy"),
        new("pages_per_execution", "I/O per execution", Unit.PerExecution, "pages / executions; host: pages / executions of Domain-0", "paper III, metric 5"),
        new("wait_fraction", "Waiting", Unit.Fraction, "runnable time / (vcpus x window)", "paper III, metric 6"),
        new("block_fraction", "Blocked", Unit.Fraction, "blocked time / (vcpus x window)", "paper III, metric 7"),
        new("executions_per_s", "Executions", Unit.PerSecond, "changes to running / window", "paper III, metric 8; a vcpu kept on its pcpu is not executed anew"),
    ];
}
