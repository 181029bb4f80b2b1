using Colocate.Simulate.Claims;

namespace Colocate.Tests.Simulate.Claims;

public sealed class ClaimExperimentTests
{
    [Fact]
    public void Nothing_needs_no_command() => Assert.Null(ClaimExperiment.Command([], "p.json"));

    [Fact]
    public void Sweeps_are_loops_and_the_same_run_is_done_once() =>
        Assert.Equal(
            "colocate simulate --params 'my params.json' --vm 1KB --rate 1; for rate in 0.3 0.4; do colocate simulate --params 'my params.json' --vm 1KB --vm 100KB --rate $rate; done",
            ClaimExperiment.Command([ClaimExperiment.Alone(1), .. ClaimExperiment.Sweep(1, 100, 30, 40), ClaimExperiment.Alone(1), ClaimExperiment.Pair(1, 100, 40)], "my params.json"));

    [Fact]
    public void A_sweep_has_the_ten_rates_of_the_paper() =>
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], ClaimExperiment.Sweep(1, 100).Select(e => e.RatePercent));

    [Fact]
    public void Evidence_lacks_what_nobody_asked_for() =>
        Assert.Throws<KeyNotFoundException>(() => new PaperHosts().Evidence([ClaimExperiment.Alone(1)]).Alone(4));

    [Theory]
    [InlineData(110, true, true, true)]
    [InlineData(80, true, false, false)]
    [InlineData(110, false, false, true)]
    [InlineData(10, false, false, false)]
    public void A_crossing_counts_when_it_lasts_to_the_end_of_the_sweep(double expected, bool low, bool at80, bool at100) =>
        Assert.Equal(expected, Crossing.Percent(rate => rate < 80 ? low : rate < 100 ? at80 : at100));
}
