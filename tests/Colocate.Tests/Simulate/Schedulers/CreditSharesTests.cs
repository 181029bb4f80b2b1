using Colocate.Simulate.Schedulers;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>Shares of vcpus that always want to run, against their closed forms.</summary>
public sealed class CreditSharesTests
{
    private const long Slice = 30 * Ms, Second = 1_000 * Ms;

    [Fact]
    public void Two_equal_spinners_share_a_pcpu_evenly_to_within_one_slice()
    {
        var host = new SpinnerHost(1, RecordingHost.EqualDomains(2));
        host.Wake(0, 1);
        for (int period = 1; period <= 300; period++)
        {
            host.RunUntil(period * Slice);
            Assert.InRange(host.RanNs[0] - host.RanNs[1], -Slice, Slice);
            Assert.Equal(period * Slice, host.RanNs.Sum());
        }
    }

    [Theory]
    [InlineData(512, 256)]
    [InlineData(768, 256)]
    [InlineData(256, 1024)]
    public void Spinners_share_a_pcpu_by_weight(int first, int second)
    {
        var host = new SpinnerHost(1, new VcpuShare(0, first, 0), new VcpuShare(1, second, 0));
        host.Wake(0, 1);
        host.RunUntil(60 * Second);
        Assert.Equal((double)first / (first + second), host.RanNs[0] / (60.0 * Second), 0.005);
        Assert.Equal(60 * Second, host.RanNs.Sum());
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(2, 0.25)]
    [InlineData(2, 0.5)]
    [InlineData(1, 0.1)]
    public void A_cap_holds_to_within_one_accounting_period_even_where_nobody_else_wants_to_run(int pcpus, double cap)
    {
        var host = new SpinnerHost(pcpus, new VcpuShare(0, 256, cap));
        host.Wake(0);
        host.RunUntil(10 * Second);
        Assert.InRange(host.RanNs[0] - (long)(cap * 10 * Second), -Slice, Slice);
    }

    [Fact]
    public void What_a_cap_leaves_goes_to_the_others()
    {
        var host = new SpinnerHost(1, new VcpuShare(0, 256, 0.25), new VcpuShare(1, 256, 0));
        host.Wake(0, 1);
        host.RunUntil(10 * Second);
        Assert.InRange(host.RanNs[0] - (10 * Second / 4), -Slice, Slice);
        Assert.Equal(10 * Second, host.RanNs.Sum());
    }

    [Fact]
    public void Three_equal_spinners_on_two_pcpus_get_two_thirds_each()
    {
        var host = new SpinnerHost(2, RecordingHost.EqualDomains(3));
        host.Wake(0, 1, 2);
        host.RunUntil(60 * Second);
        Assert.All(host.RanNs, ran => Assert.Equal(2.0 / 3, ran / (60.0 * Second), 0.02 * 2 / 3));
        Assert.Equal(120 * Second, host.RanNs.Sum());
    }

    [Fact]
    public void A_domain_with_two_spinners_gets_no_more_than_twice_its_weight_allows_one()
    {
        VcpuShare pair = new(0, 256, 0), single = new(1, 512, 0);
        var host = new SpinnerHost(1, pair, pair, single);
        host.Wake(0, 1, 2);
        host.RunUntil(60 * Second);
        Assert.All([(0, 0.25), (1, 0.25), (2, 0.5)], share => Assert.Equal(share.Item2, host.RanNs[share.Item1] / (60.0 * Second), 0.005));
    }
}
