using System.Numerics;
using System.Runtime.CompilerServices;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>
/// How long something lasts, in ticks: exact counts in buckets that are 1/32 of a power of two wide, so that a percentile is off by at most
/// 1/64 of itself, whatever the order and number of values. At most 15 KiB.
/// </summary>
internal sealed class DurationHistogram
{
    private const int PartsLog2 = 5, Parts = 1 << PartsLog2;

    /// <summary>Row 0 holds 0 to 31, one value a bucket; row r above it the values from 32 to 63 times 2^(r-1).</summary>
    private readonly long[]?[] _rows = new long[64 - PartsLog2 + 1][];
    private UInt128 _sum;

    /// <summary>Values added.</summary>
    internal long Count { get; private set; }

    /// <summary>The largest, exactly; 0 when there is none.</summary>
    internal ulong Max { get; private set; }

    /// <summary>The mean, exactly; NaN when there is no value.</summary>
    internal double Mean => (double)_sum / Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(ulong ticks)
    {
        unchecked
        {
            int shift = Math.Max(0, BitOperations.Log2(ticks | 1) - PartsLog2);
            int row = ticks < Parts ? 0 : shift + 1;
            long[] counts = _rows[row] ??= new long[Parts];
            counts[(int)(ticks >> shift) & (Parts - 1)]++;
            Count++;
            _sum += ticks;
            if (ticks > Max)
                Max = ticks;
        }
    }

    /// <summary>The value below or at which a share of all values lies, by nearest rank: the middle of its bucket, never above <see cref="Max"/>.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    internal double Percentile(double share)
    {
        long rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Math.Max(1, Count));
        for (int row = 0; row < _rows.Length; row++)
        {
            for (int part = 0; _rows[row] is { } counts && part < Parts; part++)
            {
                rank -= counts[part];
                if (rank <= 0)
                    return Math.Min(Max, MiddleOf(row, part));
            }
        }

        return Max;
    }

    private static double MiddleOf(int row, int part)
    {
        if (row == 0)
            return part;
        double width = Math.ScaleB(1, row - 1);
        return (Parts + part) * width + (width - 1) / 2;
    }
}
