namespace Colocate.Simulate.NetworkPath;

/// <summary>The transmit line of the card: one packet at a time, in order of arrival, each for its size / rate.</summary>
/// <param name="bytesPerS">Rate, in bytes/s.</param>
/// <param name="frameGapBytes">Line time beyond the bytes of a packet: preamble, checksum and gap of Ethernet (IEEE 802.3) take 24.</param>
public sealed class NetworkLine(double bytesPerS, int frameGapBytes)
{
    private long _freeNs;

    /// <summary>Puts a packet on the line and returns when its last bit has left, in ns since the start.</summary>
    public long Send(int bytes, long nowNs)
    {
        long startNs = Math.Max(nowNs, _freeNs);
        return _freeNs = startNs + (long)Math.Round((bytes + frameGapBytes) / bytesPerS * 1e9);
    }

    /// <summary>Time until the line is free, in ns.</summary>
    public long BacklogNs(long nowNs) => Math.Max(0, _freeNs - nowNs);
}
