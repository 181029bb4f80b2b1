namespace Colocate.Simulate.NetworkPath;

/// <summary>The tokens of a traffic shaper such as Linux's tbf (net/sched/sch_tbf.c): they come in at the rate, up to the burst.</summary>
/// <param name="bytesPerS">Rate, in bytes/s; above 0.</param>
/// <param name="burstBytes">Most tokens that are kept; at least the largest packet.</param>
public sealed class TokenBucket(double bytesPerS, long burstBytes)
{
    private double _tokens = burstBytes;
    private long _filledNs;

    /// <summary>When there are tokens for a packet, in ns since the start; not before now.</summary>
    public long ReadyAtNs(int bytes, long nowNs)
    {
        Fill(nowNs);
        double missing = bytes - _tokens;
        return missing <= 0 ? nowNs : nowNs + (long)Math.Ceiling(missing / bytesPerS * 1e9);
    }

    /// <summary>Spends tokens on a packet.</summary>
    public void Spend(int bytes, long nowNs)
    {
        Fill(nowNs);
        _tokens -= bytes;
    }

    private void Fill(long nowNs)
    {
        _tokens = Math.Min(burstBytes, _tokens + ((nowNs - _filledNs) * 1e-9 * bytesPerS));
        _filledNs = nowNs;
    }
}
