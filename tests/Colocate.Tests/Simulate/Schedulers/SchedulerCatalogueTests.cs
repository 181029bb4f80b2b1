using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

public sealed class SchedulerCatalogueTests
{
    [Fact]
    public void The_names_are_those_of_the_command_line() => Assert.Equal(["credit", "credit34", "credit2", "null"], SchedulerCatalogue.All.Select(s => s.Name));

    [Fact]
    public void A_name_is_found_in_any_case() => Assert.Equal("credit2", SchedulerCatalogue.Find("Credit2")?.Name);

    [Theory]
    [InlineData("credit", 20, 500, null)]
    [InlineData("credit34", null, null, null)]
    [InlineData("credit34", 20, null, "the scheduler credit34 has no slice to set")]
    [InlineData("credit34", null, 0, "the scheduler credit34 has no rate limit")]
    [InlineData("credit2", 20, null, "the scheduler credit2 has no slice to set")]
    [InlineData("credit2", null, 500, null)]
    [InlineData("credit2", null, 50, "at least 100 us")]
    [InlineData("null", 20, null, "the scheduler null has no slice to set")]
    [InlineData("null", null, 1000, "the scheduler null has no rate limit")]
    public void A_setting_that_a_scheduler_lacks_is_refused_by_name(string name, int? tsliceMs, int? ratelimitUs, string? refusal)
    {
        var settings = new SchedulerSettings { TsliceMs = tsliceMs, RatelimitUs = ratelimitUs };
        Exception? thrown = Record.Exception(() => new SpinnersOn<IVcpuScheduler>(host => SchedulerCatalogue.Find(name)!.Create(host, settings, 1, [new VcpuShare(0, 256, 0)]), 1, 1));
        if (refusal is null)
            Assert.Null(thrown);
        else
            Assert.Contains(refusal, Assert.IsAssignableFrom<ArgumentException>(thrown).Message);
    }

    [Fact]
    public void Settings_reach_the_scheduler() =>
        Assert.Equal(20_000_000, SchedulerCatalogue.Find("credit")!.Create(new SpinnerHost(1), new SchedulerSettings { TsliceMs = 20 }, 1, []).AccountNs);

    [Theory]
    [InlineData("credit", 20, 1000)]
    [InlineData("credit2", null, 1000)]
    [InlineData("null", null, null)]
    public void Settings_are_completed_with_the_schedulers_own_and_without_what_it_lacks(string name, int? tsliceMs, int? ratelimitUs) => Assert.Equal(
        new SchedulerSettings { TsliceMs = tsliceMs, RatelimitUs = ratelimitUs }, SchedulerCatalogue.Find(name)!.Complete(new SchedulerSettings { TsliceMs = 20 }));

    [Fact]
    public void Pins_become_a_mask()
    {
        Assert.Equal([VcpuShare.Anywhere, 0b101UL, 1UL << 63], new[] { null, new[] { 0, 2 }, [63] }.Select(VcpuShare.AffinityOf));
        Assert.All(new int[][] { [], [-1], [64] }, pins => Assert.Throws<ArgumentException>(() => VcpuShare.AffinityOf(pins)));
    }

    [Theory]
    [InlineData(VcpuShare.Anywhere, 100, true)]
    [InlineData(0b10UL, 65, false)]
    [InlineData(0b10UL, 1, true)]
    [InlineData(0b10UL, 0, false)]
    public void A_mask_of_64_bits_allows_no_pcpu_beyond_them_but_anywhere_does(ulong affinity, int pcpu, bool allowed) => Assert.Equal(allowed, VcpuShare.Allows(affinity, pcpu));
}
