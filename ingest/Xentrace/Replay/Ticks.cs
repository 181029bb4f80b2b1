namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>Sums of TSC cycles over vcpus, pcpus and losses.</summary>
internal static class Ticks
{
    /// <summary>
    /// Adds to a sum, which stays at its largest when that is reached: a damaged trace may put many vcpus on one pcpu for years, each of which alone is below
    /// <see cref="PcpuClock.MaxTsc"/>. What such a trace says is wrong, and told as damage; it must not stop the reading.
    /// </summary>
    internal static void Add(ref long sum, ulong ticks)
    {
        unchecked
        {
            long more = sum + (long)ticks;
            sum = more < 0 ? long.MaxValue : more;
        }
    }
}
