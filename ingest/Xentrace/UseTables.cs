using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Ingest.Xentrace.Scan;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentrace;

/// <summary>Rows about how pcpus were used, and about how long single waits and runs lasted.</summary>
/// <param name="run">The run the trace belongs to.</param>
/// <param name="replay">The replayed trace, completed.</param>
/// <param name="tscHz">TSC frequency; null when unknown, for the reason given.</param>
/// <param name="noFrequency">Why it is unknown.</param>
internal sealed class UseTables(RunManifest run, TraceReplay replay, double? tscHz, string noFrequency)
{
    internal void AddTo(RowSink rows)
    {
        AddPcpus(rows);
        foreach (DomainReplay domain in replay.Domains.Where(d => d.Vcpus.Count > 0).OrderBy(d => d.Domid))
        {
            if (!domain.IsIdle)
            {
                rows.Add(Describe(domain, "wake_to_run", domain.WakeToRun));
                rows.Add(Describe(domain, "preempted_to_run", domain.PreemptedToRun));
            }

            rows.Add(Describe(domain, "run", domain.Runs));
        }
    }

    private void AddPcpus(RowSink rows)
    {
        foreach ((PcpuScan scanned, PcpuReplay? used) in replay.PcpuUse)
        {
            rows.Add(new PcpuStateRow
            {
                Run = run.Run, Campaign = run.Campaign, Pcpu = scanned.Pcpu, Records = scanned.Records,
                WindowCycles = (long)(replay.Clock.Last - replay.Clock.First),
                BusyCycles = used?.BusyTicks, IdleCycles = used?.IdleTicks, Executions = used?.Executions,
                StatesReason = used is not null ? null : replay.HasRunstates ? "the trace has no run-state record of this pcpu" : replay.NoRunStates,
                LostCycles = scanned.LostTicks,
            });
        }
    }

    private DomainDurationRow Describe(DomainReplay domain, string measure, DurationHistogram durations)
    {
        double? Us(double ticks) => durations.Count > 0 && tscHz is { } hz ? ticks / hz * 1e6 : null;
        return new DomainDurationRow
        {
            Run = run.Run, Campaign = run.Campaign, Domain = DomainNames.Of(run, domain.Domid), Domid = domain.Domid, Measure = measure,
            Durations = durations.Count,
            MeanUs = Us(durations.Mean), P5Us = Us(durations.Percentile(0.05)), P50Us = Us(durations.Percentile(0.5)), P90Us = Us(durations.Percentile(0.9)),
            P95Us = Us(durations.Percentile(0.95)), P99Us = Us(durations.Percentile(0.99)), P999Us = Us(durations.Percentile(0.999)), MaxUs = Us(durations.Max),
            DurationsReason = durations.Count == 0 ? "the trace shows none from its begin to its end" : tscHz is null ? noFrequency : null,
        };
    }
}
