using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

public sealed class CreditSettingsTests
{
    [Theory]
    [InlineData(30, 1000, 10_000_000, 1_000_000, 300)]
    [InlineData(10, 0, 3_333_000, 0, 100)]
    [InlineData(3, 3000, 1_000_000, 3_000_000, 30)]
    [InlineData(2, 5000, 2_000_000, 2_000_000, 20)]
    public void Tick_limit_and_credits_follow_from_the_slice(int tsliceMs, int ratelimitUs, long tickNs, long ratelimitNs, int creditsPerSlice)
    {
        var settings = new CreditSettings { TsliceMs = tsliceMs, RatelimitUs = ratelimitUs };
        Assert.Equal((tickNs, ratelimitNs, creditsPerSlice), (settings.TickNs, settings.RatelimitNs, settings.CreditsPerSlice));
        var host = new RecordingHost(settings, 1, RecordingHost.EqualDomains(1));
        Assert.Equal((tickNs, tsliceMs * 1_000_000L), (host.Scheduler.TickNs, host.Scheduler.AccountNs));
    }

    [Fact]
    public void Defaults_are_those_of_Xen() => Assert.Equal(new CreditSettings { TsliceMs = 30, RatelimitUs = 1000 }, new CreditSettings());

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1001, 1000)]
    [InlineData(30, -1)]
    [InlineData(30, 99)]
    [InlineData(30, 500_001)]
    public void What_Xen_refuses_is_refused(int tsliceMs, int ratelimitUs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CreditSettings { TsliceMs = tsliceMs, RatelimitUs = ratelimitUs });

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(65536, 0.0)]
    [InlineData(256, -0.01)]
    [InlineData(256, 0.004)]
    [InlineData(256, 656.0)]
    [InlineData(256, double.NaN)]
    public void A_weight_or_cap_that_Xen_cannot_hold_is_refused(int weight, double cap) =>
        Assert.Throws<ArgumentException>(() => new RecordingHost(1, new VcpuShare(0, weight, cap)));

    [Fact]
    public void Vcpus_of_one_domain_must_not_differ() =>
        Assert.Throws<ArgumentException>(() => new RecordingHost(1, new VcpuShare(0, 256, 0), new VcpuShare(0, 512, 0)));

    [Fact]
    public void Vcpus_of_a_domain_start_on_one_pcpu_after_the_other()
    {
        VcpuShare dom0 = new(0, 256, 0), guest = new(1, 256, 0);
        var host = new RecordingHost(2, dom0, guest, dom0, dom0, guest);
        Assert.Equal([0, 0, 1, 0, 1], host.Scheduler.Vcpus.Select(v => v.Pcpu));
    }
}
