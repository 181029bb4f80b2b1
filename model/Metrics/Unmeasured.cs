using Colocate.Model.Tables;

namespace Colocate.Model.Metrics;

/// <summary>Rows of what nothing measured: every figure that is null has its reason.</summary>
public static class Unmeasured
{
    /// <summary>A domain of which no figure is known but, at most, its CPU.</summary>
    /// <typeparam name="TRow">Of the window or of an interval.</typeparam>
    /// <param name="row">Its row.</param>
    /// <param name="reason">Why; reasons that the row has already tell more, and stay.</param>
    public static TRow Domain<TRow>(TRow row, string reason)
        where TRow : DomainMeasures => row with
        {
            MethodReason = row.MethodReason ?? reason,
            EventChannelReason = row.EventChannelPerS is null ? row.EventChannelReason ?? reason : null,
            PagesReason = row.PagesReason ?? reason,
        };

    /// <summary>A host of which not all figures are known, pages the least.</summary>
    /// <typeparam name="TRow">Of the window or of an interval.</typeparam>
    /// <param name="row">Its row.</param>
    /// <param name="reason">Why; reasons that the row has already tell more, and stay.</param>
    public static TRow Host<TRow>(TRow row, string reason)
        where TRow : HostMeasures => row with
        {
            MethodReason = row.MethodReason ?? reason,
            EventChannelReason = row.EventChannelPerS is null ? row.EventChannelReason ?? reason : null,
            PagesReason = row.PagesReason ?? reason,
        };
}
