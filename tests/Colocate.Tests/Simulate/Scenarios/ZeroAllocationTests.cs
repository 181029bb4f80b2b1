using Colocate.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Scenarios;

/// <summary>
/// Handling events allocates nothing. Queues and pools grow to what a scenario needs, so a run is first taken to where they have: past the
/// clients' time-out, for until then an overloaded guest has more open connections every second.
/// </summary>
[Collection(typeof(MeasuredAlone))]
public sealed class ZeroAllocationTests
{
    [Theory]
    [InlineData(700, 1_024, 10, 1)]
    [InlineData(2_000, 1_024, 1, 2)]
    [InlineData(400, 102_400, 1, 2)]
    public void Ten_times_the_events_allocate_nothing_more(double offeredPerS, long replyBytes, double timeoutS, int guests)
    {
        HostModel model = SmallHost.Model(SmallHost.Scenario(60, [.. Enumerable.Repeat(SmallHost.Loaded(offeredPerS, replyBytes, timeoutS: timeoutS), guests)]));
        model.AdvanceTo(6 * SmallHost.Second, TestContext.Current.CancellationToken);
        int atMs = 6_000;
        (long few, long fewEvents) = SmallHost.Allocated(model, ref atMs, 500, () => model.Events);
        (long many, long manyEvents) = SmallHost.Allocated(model, ref atMs, 5_000, () => model.Events);
        Assert.True(fewEvents > 5_000 && manyEvents > 9 * fewEvents, $"{fewEvents} and {manyEvents} events");
        Assert.Equal((0, 0), (few, many));
    }
}
