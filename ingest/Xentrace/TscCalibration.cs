using System.Globalization;

namespace Colocate.Ingest.Xentrace;

/// <summary>
/// Derives the TSC frequency from the trace itself: SWITCH_INFNEXT and the SWITCH_INFPREV that ends the same run on the same pcpu are
/// <c>tsc</c> cycles apart, and the latter tells how many nanoseconds the run lasted (<c>xen/common/sched/core.c</c>).
/// </summary>
internal sealed class TscCalibration
{
    /// <summary>Shorter runs are too coarse: Xen's own time has a resolution of about a microsecond.</summary>
    internal const uint MinRunNs = 1_000_000;

    /// <summary>The nanosecond word is the low half of a 64-bit time and wraps at 2^32. A run of fewer cycles than that is shorter at 1 GHz and more.</summary>
    internal const ulong MaxRunCycles = 1UL << 32;

    /// <summary>Fewer runs give no trustworthy median.</summary>
    internal const int MinRuns = 30;

    /// <summary>Largest spread (95th - 5th percentile, relative) of a frequency that may be believed.</summary>
    internal const double MaxSpread = 0.005;

    private const int MaxRuns = 65_536;

    private readonly List<double> _hz = new(1024);

    /// <summary>By pcpu, who was switched in last and when; time 0 for nobody.</summary>
    private (uint Domain, uint Unit, ulong Tsc)[] _switchedIn = [];

    /// <summary>Runs measured.</summary>
    internal int Runs => _hz.Count;

    /// <summary>True when more runs would not be kept.</summary>
    internal bool IsFull => _hz.Count == MaxRuns;

    /// <summary>Takes a SWITCH_INFPREV or SWITCH_INFNEXT record. Layouts are told apart by length: the vcpu word came with Xen 4.8.</summary>
    internal void OnSwitchInfo(int pcpu, uint minor, ulong tsc, ReadOnlySpan<uint> payload)
    {
        bool next = minor == EventIds.SchedInfNext;
        int wordsWithUnit = next ? 4 : 3;
        if (payload.Length != wordsWithUnit && payload.Length != wordsWithUnit - 1)
            return;
        uint unit = payload.Length == wordsWithUnit ? payload[1] : uint.MaxValue;
        if (pcpu >= _switchedIn.Length)
            Array.Resize(ref _switchedIn, Math.Max(pcpu + 1, _switchedIn.Length * 2));
        ref (uint Domain, uint Unit, ulong Tsc) run = ref _switchedIn[pcpu];
        if (next)
        {
            run = (payload[0], unit, tsc);
            return;
        }

        uint ns = payload[^1];
        if (_hz.Count == MaxRuns || ns < MinRunNs || run.Tsc == 0)
            return;
        if (run.Domain == payload[0] && run.Unit == unit && tsc > run.Tsc && tsc - run.Tsc < MaxRunCycles)
            _hz.Add((tsc - run.Tsc) * 1e9 / ns);
        run.Tsc = 0;
    }

    /// <summary>The frequency in Hz; null when the trace does not allow to say, for the reason given.</summary>
    internal double? Estimate(out string reason)
    {
        if (_hz.Count < MinRuns)
        {
            reason = string.Create(CultureInfo.InvariantCulture, $"{_hz.Count} runs of 1 ms or more with SWITCH_INFNEXT and SWITCH_INFPREV, {MinRuns} are needed");
            return null;
        }

        double[] sorted = [.. _hz];
        Array.Sort(sorted);
        double low = Percentile(sorted, 0.05), median = Percentile(sorted, 0.5), high = Percentile(sorted, 0.95);
        if ((high - low) / median > MaxSpread)
        {
            reason = string.Create(CultureInfo.InvariantCulture, $"run lengths imply {low:F0} to {high:F0} Hz, a spread above {MaxSpread:P1}");
            return null;
        }

        reason = "";
        return median;
    }

    /// <summary>Nearest rank.</summary>
    private static double Percentile(double[] sorted, double p) => sorted[Math.Clamp((int)Math.Ceiling(p * sorted.Length) - 1, 0, sorted.Length - 1)];
}
