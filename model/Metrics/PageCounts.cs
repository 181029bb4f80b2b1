namespace Colocate.Model.Metrics;

/// <summary>Pages exchanged between domains within a window, by the way they were handed over.</summary>
/// <param name="Mapped">Grant maps (unmaps are not counted: they end the same exchange).</param>
/// <param name="Transferred">Grant transfers: page flips.</param>
/// <param name="Copied">Grant copies; one operation moves at most one page. A fraction where copies were shared out by estimate; null where copies cannot be counted.</param>
/// <param name="IsEstimate">True when <paramref name="Copied"/> is a share and not a count.</param>
public readonly record struct PageCounts(double Mapped, double Transferred, double? Copied, bool IsEstimate)
{
    /// <summary>All pages that could be counted.</summary>
    public double Total => Mapped + Transferred + (Copied ?? 0);
}
