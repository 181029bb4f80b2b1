using Colocate.Model.Tables;

namespace Colocate.Model.Metrics;

/// <summary>
/// Longer intervals of stored ones, exactly: a figure of the joined interval is the one that counting over its whole length would have given. Rates and fractions are over the time that is
/// known, hence each part weighs by its length less what was lost of it; quotients are totals over totals.
/// </summary>
/// <remarks>Method C keeps no lost share of domains: where records were lost its parts weigh by their whole length, as its rows are marked lossy.</remarks>
public static class JoinedIntervals
{
    private const string NoDriver = "Domain-0 has no intervals";

    /// <summary>One domain over consecutive intervals.</summary>
    /// <param name="parts">Its rows in the order of time; at least one.</param>
    /// <param name="index">Number of the joined interval.</param>
    public static DomainIntervalRow Of(IReadOnlyList<DomainIntervalRow> parts, int index)
    {
        double? Mean(Func<DomainIntervalRow, double?> figure) => Weighed(parts, figure, p => Known(p.WindowS, p.LostFraction));
        double? lost = Weighed(parts, p => p.LostFraction, p => p.WindowS), executions = Mean(p => p.ExecutionsPerS), cpu = Mean(p => p.CpuFraction), pages = Mean(p => p.PagesPerS);
        DomainIntervalRow row = parts[0] with
        {
            IntervalIndex = index,
            WindowS = parts.Sum(p => p.WindowS),
            CpuFraction = cpu,
            CpuPerVcpuFraction = Mean(p => p.CpuPerVcpuFraction),
            WaitFraction = Mean(p => p.WaitFraction),
            WaitAfterWakeFraction = Mean(p => p.WaitAfterWakeFraction),
            WaitAfterPreemptionFraction = Mean(p => p.WaitAfterPreemptionFraction),
            BlockFraction = Mean(p => p.BlockFraction),
            OfflineFraction = Mean(p => p.OfflineFraction),
            DomainWaitFraction = Mean(p => p.DomainWaitFraction),
            DomainBlockFraction = Mean(p => p.DomainBlockFraction),
            ExecutionsPerS = executions,
            CpuUsPerExecution = cpu * 1e6 is { } us ? Ratio(us, executions) : null,
            EventsPerS = Mean(p => p.EventsPerS),
            EventChannelPerS = Mean(p => p.EventChannelPerS),
            SwitchesPerS = Mean(p => p.SwitchesPerS),
            PagesPerS = pages,
            PagesMappedPerS = Mean(p => p.PagesMappedPerS),
            PagesTransferredPerS = Mean(p => p.PagesTransferredPerS),
            PagesCopiedPerS = Mean(p => p.PagesCopiedPerS),
            PagesUnmappedPerS = Mean(p => p.PagesUnmappedPerS),
            PagesBasis = parts.Select(p => p.PagesBasis).FirstOrDefault(b => b is not null),
            PagesPerExecution = pages is { } exchanged ? Ratio(exchanged, executions) : null,
            WakesPerS = Mean(p => p.WakesPerS),
            LostFraction = lost,
            Lossy = lost is { } share ? share > MetricFormulas.LossyAbove : parts.Any(p => p.Lossy),
        };
        return row with
        {
            MethodReason = Reason(parts, row, p => p.MethodReason, "method_reason"),
            EventChannelReason = Reason(parts, row, p => p.EventChannelReason, "event_channel_reason"),
            PagesReason = Reason(parts, row, p => p.PagesReason, "pages_reason"),
        };
    }

    /// <summary>The host over consecutive intervals.</summary>
    /// <param name="parts">Its rows in the order of time; at least one.</param>
    /// <param name="driver">Rows of Domain-0 in the same intervals; empty when it has none.</param>
    /// <param name="index">Number of the joined interval.</param>
    public static HostIntervalRow Of(IReadOnlyList<HostIntervalRow> parts, IReadOnlyList<DomainIntervalRow> driver, int index)
    {
        double? Mean(Func<HostIntervalRow, double?> figure) => Weighed(parts, figure, p => Known(p.WindowS, p.LostFraction));
        double? lost = Weighed(parts, p => p.LostFraction, p => p.WindowS), pages = Mean(p => p.PagesPerS);

        // Pages and executions are counts over the known time of the host and of Domain-0, which a loss shortens by different shares.
        double? total = pages * parts.Sum(p => Known(p.WindowS, p.LostFraction));
        double? executions = driver.Count == 0 ? null : Weighed(driver, p => p.ExecutionsPerS, p => Known(p.WindowS, p.LostFraction)) * driver.Sum(p => Known(p.WindowS, p.LostFraction));
        HostIntervalRow row = parts[0] with
        {
            IntervalIndex = index,
            WindowS = parts.Sum(p => p.WindowS),
            CpuFraction = Mean(p => p.CpuFraction),
            IdleFraction = Mean(p => p.IdleFraction),
            EventsPerS = Mean(p => p.EventsPerS),
            LostRecordsPerS = Weighed(parts, p => p.LostRecordsPerS, p => p.WindowS),
            EventChannelPerS = Mean(p => p.EventChannelPerS),
            SwitchesPerS = Mean(p => p.SwitchesPerS),
            GuestSwitchesPerS = Mean(p => p.GuestSwitchesPerS),
            ExecutionsPerS = Mean(p => p.ExecutionsPerS),
            PagesPerS = pages,
            PagesMappedPerS = Mean(p => p.PagesMappedPerS),
            PagesTransferredPerS = Mean(p => p.PagesTransferredPerS),
            PagesCopiedPerS = Mean(p => p.PagesCopiedPerS),
            PagesUnmappedPerS = Mean(p => p.PagesUnmappedPerS),
            PagesPerExecution = total is { } exchanged ? Ratio(exchanged, executions) : null,
            LostFraction = lost,
            Lossy = lost is { } share ? share > MetricFormulas.LossyAbove : parts.Any(p => p.Lossy),
        };
        return row with
        {
            MethodReason = Reason(parts, row, p => p.MethodReason, "method_reason"),
            EventChannelReason = Reason(parts, row, p => p.EventChannelReason, "event_channel_reason"),
            PagesReason = Reason(parts, row, p => p.PagesReason ?? (driver.Count == 0 ? NoDriver : null), "pages_reason"),
        };
    }

    private static double Known(double windowS, double? lostFraction) => windowS * (1 - (lostFraction ?? 0));

    /// <summary>Mean over the parts that weigh anything; null when there is none, or one of them does not tell.</summary>
    private static double? Weighed<TRow>(IReadOnlyList<TRow> parts, Func<TRow, double?> figure, Func<TRow, double> weight)
    {
        double sum = 0, weights = 0;
        foreach (TRow part in parts)
        {
            double w = weight(part);
            if (w <= 0)
                continue;
            if (figure(part) is not { } value)
                return null;
            sum += value * w;
            weights += w;
        }

        return weights > 0 ? sum / weights : null;
    }

    private static double? Ratio(double numerator, double? denominator) => denominator > 0 ? numerator / denominator : null;

    /// <summary>Why the joined row lacks figures: in the words of a part that lacks the same ones. Null when it lacks none.</summary>
    private static string? Reason<TRow>(IReadOnlyList<TRow> parts, TRow joined, Func<TRow, string?> reason, string column)
        where TRow : class, new()
    {
        Column[] unknown = [.. Table.Of<TRow>().Columns.Where(c => c.ReasonColumn == column && c.Get(joined) is null)];
        return unknown.Length == 0 ? null
            : parts.Where(p => unknown.All(c => c.Get(p) is null)).Select(reason).FirstOrDefault(r => r is not null) ?? parts.Select(reason).FirstOrDefault(r => r is not null);
    }
}
