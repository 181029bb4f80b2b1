namespace Colocate.Model.Metrics;

/// <summary>Pages exchanged between domains within a window, by the way they were handed over.</summary>
/// <param name="Mapped">Grant maps.</param>
/// <param name="Transferred">Grant transfers: page flips.</param>
/// <param name="Copied">Grant copies; one operation moves at most one page. A fraction where copies were shared out by estimate; null where copies cannot be counted.</param>
/// <param name="IsEstimate">True when <paramref name="Copied"/> is a share and not a count.</param>
/// <param name="Unmapped">Grant unmaps; null where nothing counts them.</param>
public readonly record struct PageCounts(double Mapped, double Transferred, double? Copied, bool IsEstimate, double? Unmapped = null)
{
    /// <summary>All pages that could be counted, each once: an unmap ends the exchange that a map began.</summary>
    public double Total => Mapped + Transferred + (Copied ?? 0);
}
