using Colocate.Model.Tables;

namespace Colocate.Model.Metrics;

/// <summary>
/// Turns activity into metrics. Measured and simulated runs both pass through here, so that a difference between them is never
/// a difference of definitions.
/// </summary>
public static class MetricFormulas
{
    /// <summary>Share of a window above which a loss of records marks its numbers.</summary>
    public const double LossyAbove = 0.001;

    private const string NoTime = "nothing of the window is known: it has no length, or all of its records were lost",
        NoIdle = "records were lost, and none that follow tell whether the pcpus were idle",
        NoExecution = "no execution began in the window",
        NoDriverExecution = "no execution of Domain-0 began in the window",
        NoCauses = "what began a wait is not told apart",
        NoCopies = "grant copies do not show: hypercalls carry no arguments before Xen 4.3, or were not traced",
        NoUnmaps = "grant unmaps are not counted";

    /// <summary>
    /// Fills the measures of a domain. Times are over the window less what was lost. A reason stands in the row exactly when a figure that it explains is null; where several are, it names
    /// what each lacks.
    /// </summary>
    public static TRow Fill<TRow>(TRow row, DomainActivity activity, Window window)
        where TRow : DomainMeasures
    {
        double vcpuTicks = (double)activity.Vcpus * window.LengthTicks;
        double known = vcpuTicks - activity.LostTicks;
        double? perVcpuTime(long ticks) => Ratio(ticks, known);
        double? perS(double count) => Ratio(count * window.TicksPerS * activity.Vcpus, known);
        PageCounts? pages = activity.Pages;
        string? noTime = known > 0 ? null : NoTime;
        return row with
        {
            Method = "M",
            MethodReason = noTime ?? Both(activity.Executions > 0 ? null : NoExecution, activity is { WaitAfterWakeTicks: not null, WaitAfterPreemptionTicks: not null } ? null : NoCauses),
            CpuFraction = Ratio(activity.RunningTicks, known / activity.Vcpus),
            CpuSource = "trace",
            CpuPerVcpuFraction = perVcpuTime(activity.RunningTicks),
            WaitFraction = perVcpuTime(activity.RunnableTicks),
            WaitAfterWakeFraction = activity.WaitAfterWakeTicks is { } woken ? perVcpuTime(woken) : null,
            WaitAfterPreemptionFraction = activity.WaitAfterPreemptionTicks is { } preempted ? perVcpuTime(preempted) : null,
            BlockFraction = perVcpuTime(activity.BlockedTicks),
            OfflineFraction = perVcpuTime(activity.OfflineTicks),
            DomainWaitFraction = Ratio(activity.DomainWaitTicks, known / activity.Vcpus),
            DomainBlockFraction = Ratio(activity.DomainBlockTicks, known / activity.Vcpus),
            ExecutionsPerS = perS(activity.Executions),
            CpuUsPerExecution = known > 0 ? Ratio(activity.RunningTicks * 1e6 / window.TicksPerS, activity.Executions) : null,
            EventsPerS = perS(activity.Events),
            EventChannelPerS = activity.EventChannelCalls is { } calls ? perS(calls) : null,
            EventChannelReason = activity.EventChannelCalls is null ? activity.NoEventChannel : noTime,
            SwitchesPerS = perS(activity.Executions),
            PagesPerS = pages is { } p ? perS(p.Total) : null,
            PagesMappedPerS = pages is { } m ? perS(m.Mapped) : null,
            PagesTransferredPerS = pages is { } t ? perS(t.Transferred) : null,
            PagesCopiedPerS = pages?.Copied is { } copied ? perS(copied) : null,
            PagesUnmappedPerS = pages?.Unmapped is { } unmapped ? perS(unmapped) : null,
            PagesBasis = pages is null ? null : pages.Value.IsEstimate ? "estimated" : pages.Value.Copied is null ? "counted_without_copies" : "counted",
            PagesReason = NoPages(pages, activity.NoPages, noTime, activity.Executions > 0 ? null : NoExecution),
            PagesPerExecution = pages is { } q ? Ratio(q.Total, activity.Executions) : null,
            WakesPerS = perS(activity.Wakes),
            LostFraction = Ratio(activity.LostTicks, vcpuTicks),
            Lossy = activity.LostTicks > LossyAbove * vcpuTicks,
        };
    }

    /// <summary>Fills the measures of the whole host.</summary>
    public static TRow Fill<TRow>(TRow row, HostActivity activity, Window window)
        where TRow : HostMeasures
    {
        double pcpuTicks = (double)activity.Pcpus * window.LengthTicks;
        double? perS(double count) => Ratio(count * window.TicksPerS * activity.Pcpus, pcpuTicks - activity.LostTicks);
        PageCounts? pages = activity.Pages;
        double? idle = Ratio(activity.IdleTicks, pcpuTicks - Math.Max(activity.IdleUnknownTicks, activity.LostTicks));
        string? noTime = pcpuTicks > activity.LostTicks ? null : NoTime;
        return row with
        {
            Method = "M",
            MethodReason = noTime ?? (idle is null ? NoIdle : null),
            CpuFraction = 1 - idle,
            CpuSource = "trace",
            IdleFraction = idle,
            EventsPerS = perS(activity.Events),
            LostRecordsPerS = Ratio(activity.LostRecords, window.LengthS),
            EventChannelPerS = activity.EventChannelCalls is { } calls ? perS(calls) : null,
            EventChannelReason = activity.EventChannelCalls is null ? DomainActivity.NoHypercalls : noTime,
            SwitchesPerS = perS(activity.Switches),
            GuestSwitchesPerS = perS(activity.GuestSwitches),
            ExecutionsPerS = perS(activity.Executions),
            PagesPerS = pages is { } p ? perS(p.Total) : null,
            PagesMappedPerS = pages is { } m ? perS(m.Mapped) : null,
            PagesTransferredPerS = pages is { } t ? perS(t.Transferred) : null,
            PagesCopiedPerS = pages?.Copied is { } copied ? perS(copied) : null,
            PagesUnmappedPerS = pages?.Unmapped is { } unmapped ? perS(unmapped) : null,
            PagesReason = NoPages(pages, activity.NoPages, noTime, activity.DriverExecutions > 0 ? null : NoDriverExecution),
            PagesPerExecution = pages is { } q ? Ratio(q.Total, activity.DriverExecutions) : null,
            LostFraction = Ratio(activity.LostTicks, pcpuTicks),
            Lossy = activity.LostTicks > LossyAbove * pcpuTicks,
        };
    }

    private static string? NoPages(PageCounts? pages, string notTraced, string? noTime, string? noExecution) =>
        pages is not { } known ? notTraced : noTime ?? Both(Both(known.Copied is null ? NoCopies : null, known.Unmapped is null ? NoUnmaps : null), noExecution);

    private static string? Both(string? first, string? second) => first is null ? second : second is null ? first : first + "; " + second;

    private static double? Ratio(double numerator, double denominator) => denominator > 0 ? numerator / denominator : null;
}
