using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Paper;
using Colocate.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Paper;

public sealed class PaperBaseCasesTests
{
    private static readonly IReadOnlyList<CalibrationRun> s_runs = PaperBaseCases.Runs(PaperFiles.BaseCases, PaperTestbed.TwoPcpus);

    /// <summary>Row 30 KB of Tables I and II.</summary>
    [Theory]
    [InlineData("guest.throughput_per_s", 375.0)]
    [InlineData("guest.first_byte_ms", 2.52)]
    [InlineData("driver.cpu_fraction", 0.3678)]
    [InlineData("guest.cpu_fraction", 0.1809)]
    [InlineData("driver.executions_per_s", 3023.0)]
    [InlineData("guest.executions_per_s", 3777.0)]
    [InlineData("driver.pages_per_s", 13000.0)]
    [InlineData("driver.wait_fraction", 0.0192)]
    [InlineData("guest.wait_fraction", 0.0131)]
    [InlineData("driver.block_fraction", 0.1778)]
    [InlineData("guest.block_fraction", 0.3432)]
    [InlineData("host.cpu_fraction", 0.5487)]
    [InlineData("host.switches_per_s", 26118.0)]
    [InlineData("host.events_per_s", 345496.0)]
    [InlineData("guest.reply_ms", null)]
    [InlineData("host.event_channel_per_s", null)]
    public void Numbers_of_the_tables_are_where_their_observables_look(string key, double? value)
    {
        Assert.Equal(ObservableCatalogue.All.Count, ObservableCatalogue.All.Select(o => o.Key).Distinct().Count());
        double? found = ObservableCatalogue.All.Single(o => o.Key == key).Read(s_runs.Single(r => r.Run == "30KB").Measured);
        Assert.Equal(value.HasValue, found.HasValue);
        Assert.Equal(value ?? 0, found ?? 0, 9);
    }

    [Fact]
    public void A_case_is_one_guest_that_is_offered_what_it_answered_and_counted_in_its_steady_state()
    {
        Assert.Equal(PaperFiles.BaseCases.Select(c => FormattableString.Invariant($"{c.WorkloadKb}KB")), s_runs.Select(r => r.Run));
        Assert.All(s_runs.Zip(PaperFiles.BaseCases), pair =>
        {
            (CalibrationRun run, PublishedBaseCase of) = pair;
            GuestScenario guest = Assert.Single(run.Scenario.Guests);
            Assert.Equal(("base", 0, 0.0), (run.Kind, run.Guest, run.SpeedSd));
            Assert.Equal((of.ThroughputPerS, of.WorkloadKb * 1024L, 2), (((OpenLoad)guest.Client!.Load).OfferedPerS, guest.Client.ReplyBytes, guest.Vcpus));
            Assert.True(run.Scenario.CountsWindowOnly && run.Scenario.WindowStartS > 0 && run.Scenario.DurationS > run.Scenario.WindowStartS);
        });
    }

    [Fact]
    public void Likely_misprints_count_for_less_and_reply_times_not_at_all()
    {
        Assert.Equal("1KB", s_runs.MaxBy(r => r.ToleranceFactors["driver.executions_per_s"])!.Run);
        Assert.Equal("30KB", s_runs.MaxBy(r => r.ToleranceFactors["driver.pages_per_s"])!.Run);
        // A factor of an observable that does not exist would be no factor.
        Assert.All(s_runs, r => Assert.Subset(ObservableCatalogue.All.Select(o => o.Key).ToHashSet(), r.ToleranceFactors.Keys.ToHashSet()));
        Assert.All(s_runs, r => Assert.False(r.Counts(ObservableCatalogue.All.Single(o => o.Key == "guest.reply_ms"))));
        Assert.All(s_runs, r => Assert.True(r.Counts(ObservableCatalogue.All.Single(o => o.Key == "guest.first_byte_ms"))));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void A_testbed_gives_every_domain_as_many_vcpus_as_there_are_pcpus(int pcpus, int threads)
    {
        HostScenario scenario = (pcpus == 1 ? PaperTestbed.OnePcpu : PaperTestbed.TwoPcpus).Scenario([(1, 10), (100, 20)], 1, 2);
        Assert.Equal((pcpus, threads, pcpus), (scenario.Pcpus, scenario.ThreadsPerCore, scenario.DriverVcpus));
        Assert.Equal([("VM1", 1_024L, 10.0, pcpus), ("VM2", 102_400, 20, pcpus)], scenario.Guests.Select(g => (g.Domain, g.Client!.ReplyBytes, ((OpenLoad)g.Client.Load).OfferedPerS, g.Vcpus)));
        Assert.Equal((1.0, 3.0, 100.0, null, "credit34"), (scenario.WindowStartS, scenario.DurationS, scenario.NicMbit, scenario.NicBurstBytes, scenario.SchedulerName));
        Assert.All(scenario.Guests, g => Assert.Equal((3.0, 1.22, HostGeneration.Xen34.Server), (g.Client!.SynTimeoutS, g.Client.AcksPerSegment, g.Server)));
    }
}
