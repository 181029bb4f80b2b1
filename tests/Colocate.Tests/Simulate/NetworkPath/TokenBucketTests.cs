using Colocate.Simulate.NetworkPath;
using CsCheck;

namespace Colocate.Tests.Simulate.NetworkPath;

public sealed class TokenBucketTests
{
    private const double BytesPerS = 400_000;
    private const long Burst = 6_000;

    [Fact]
    public void A_burst_goes_at_once_and_what_follows_at_exactly_the_rate()
    {
        var bucket = new TokenBucket(BytesPerS, Burst);
        List<long> sent = [];
        for (long nowNs = 0; sent.Count < 1_000; sent.Add(nowNs))
        {
            nowNs = bucket.ReadyAtNs(1_500, nowNs);
            bucket.Spend(1_500, nowNs);
        }

        // 1500 bytes are 3.75 ms.
        Assert.Equal(Enumerable.Range(1, 1_000).Select(n => Math.Max(0, n - 4) * 3_750_000L), sent);
    }

    [Fact]
    public void Unused_tokens_are_kept_up_to_the_burst()
    {
        var bucket = new TokenBucket(BytesPerS, Burst);
        bucket.Spend(6_000, 0);
        Assert.Equal(2_500_000, bucket.ReadyAtNs(1_000, 0));
        // 10 s would be 4 000 000 bytes.
        bucket.Spend(6_000, 10_000_000_000);
        Assert.Equal(10_000_000_000 + 15_000_000, bucket.ReadyAtNs(6_000, 10_000_000_000));
    }

    /// <summary>Between any two sendings the bytes are at most the burst and what came in; a packet that waited left as soon as that allowed.</summary>
    [Fact]
    public void Bytes_of_any_stretch_are_at_most_burst_and_rate_and_no_packet_waits_in_vain() => Gen.Select(Gen.Int[60, 1_514], Gen.Int[0, 8_000_000]).Array[1, 120].Sample(
        packets =>
        {
            var bucket = new TokenBucket(BytesPerS, Burst);
            List<(long AtNs, int Bytes)> sent = [];
            long nowNs = 0;
            foreach ((int bytes, int gapNs) in packets)
            {
                long cameNs = nowNs += gapNs;
                nowNs = bucket.ReadyAtNs(bytes, nowNs);
                bucket.Spend(bytes, nowNs);
                sent.Add((nowNs, bytes));
                double least = Enumerable.Range(0, sent.Count).Min(first => Room(first));
                // One ns is worth 0.0004 bytes here.
                Assert.InRange(least, -0.001, double.MaxValue);
                if (nowNs > cameNs)
                    Assert.InRange(least, -0.001, 0.0005 + 0.001);
            }

            double Room(int first) => Burst + ((sent[^1].AtNs - sent[first].AtNs) * 1e-9 * BytesPerS) - sent.Skip(first).Sum(s => s.Bytes);
        },
        iter: 200, threads: 1);
}
