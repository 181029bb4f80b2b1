namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Cuts the window of a trace into intervals of equal length, the first beginning with the first record.</summary>
/// <param name="tscHz">TSC frequency; null when unknown: then there is one interval without end.</param>
/// <param name="lengthS">Length of an interval in seconds.</param>
internal sealed class IntervalClock(double? tscHz, double lengthS)
{
    /// <summary>Most intervals of a trace: 36 hours of seconds. A damaged TSC must not fill the memory; the last interval takes the rest.</summary>
    internal const int MaxIntervals = 1 << 17;

    /// <summary>Most intervals of all domains that may hold figures, packed some 60 MB of them; beyond it a domain's figures go to its first interval.</summary>
    private const int MaxCells = 1 << 20;

    private int _cells;

    internal ulong First { get; private set; }

    /// <summary>Latest time seen.</summary>
    internal ulong Last { get; private set; }

    /// <summary>Number of the interval that holds <see cref="Last"/>.</summary>
    internal int Index { get; private set; }

    internal ulong Start { get; private set; }

    internal ulong End { get; private set; }

    internal void Begin(ulong first)
    {
        First = Last = first;
        Start = first;
        End = EdgeOf(1);
    }

    /// <summary>Goes to <paramref name="now"/>; true when a new interval begins.</summary>
    internal bool AdvanceTo(ulong now)
    {
        Last = now;
        if (now < End)
            return false;
        Index = IndexOf(now);
        Start = EdgeOf(Index);
        End = EdgeOf(Index + 1);
        return true;
    }

    /// <summary>True when the last interval took more than its share.</summary>
    internal bool IsOverfull => _cells >= MaxCells || Index == MaxIntervals - 1 && tscHz is { } hz && Last - Start > lengthS * hz;

    /// <summary>Asks for room for one more interval of a domain.</summary>
    internal bool TryTakeCell() => _cells < MaxCells && ++_cells > 0;

    /// <summary>Ticks of a time in ns; 0 without a frequency.</summary>
    internal ulong TicksOf(uint ns) => tscHz is { } hz ? (ulong)Math.Round(ns * hz / 1e9) : 0;

    /// <summary>First tick of an interval. Each edge is rounded from the exact product, so that edges do not drift.</summary>
    internal ulong EdgeOf(int index) =>
        index == 0 ? First : tscHz is { } hz && index < MaxIntervals ? First + (ulong)Math.Round(index * lengthS * hz) : ulong.MaxValue;

    /// <summary>The interval that holds a time.</summary>
    internal int IndexOf(ulong time)
    {
        if (tscHz is not { } hz)
            return 0;
        int index = (int)Math.Min((time - First) / (lengthS * hz), MaxIntervals - 1);

        // The quotient may be off by a rounding at an edge.
        if (time < EdgeOf(index))
            index--;
        else if (time >= EdgeOf(index + 1))
            index++;
        return index;
    }
}
