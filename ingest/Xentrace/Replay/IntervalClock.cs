namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Cuts the window of a trace into intervals of equal length, the first beginning with the first record.</summary>
/// <param name="tscHz">TSC frequency; null when unknown: then there is one interval without end.</param>
/// <param name="lengthS">Length of an interval in seconds.</param>
internal sealed class IntervalClock(double? tscHz, double lengthS)
{
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
        while (now >= End)
        {
            Index++;
            Start = End;
            End = EdgeOf(Index + 1);
        }

        return true;
    }

    /// <summary>First tick of an interval. Each edge is rounded from the exact product, so that edges do not drift.</summary>
    internal ulong EdgeOf(int index) => tscHz is { } hz ? First + (ulong)Math.Round(index * lengthS * hz) : index == 0 ? First : ulong.MaxValue;

    /// <summary>The interval that holds a time not after <see cref="Last"/>.</summary>
    internal int IndexOf(ulong time)
    {
        int index = Index;
        while (index > 0 && time < EdgeOf(index))
            index--;
        return index;
    }
}
