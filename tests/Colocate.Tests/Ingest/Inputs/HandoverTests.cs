using Colocate.Ingest.Inputs;
using CsCheck;

namespace Colocate.Tests.Ingest.Inputs;

public class HandoverTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void All_things_arrive_in_order_and_no_more_wait_than_may() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 300]).Sample(
            (capacity, count) =>
            {
                var handover = new Handover<int>(capacity);
                int added = 0, most = 0;
                var adding = Task.Factory.StartNew(
                    () =>
                    {
                        for (int i = 0; i < count && handover.TryAdd(i); i++)
                            Interlocked.Increment(ref added);
                        handover.Close();
                    },
                    TaskCreationOptions.LongRunning);
                var taken = new List<int>();
                while (handover.TryTake(out int thing))
                {
                    // The one just taken waits no more; the one that took its place may be counted already.
                    taken.Add(thing);
                    most = Math.Max(most, Volatile.Read(ref added) - taken.Count);
                }

                Assert.True(adding.Wait(s_patience, TestContext.Current.CancellationToken));
                Assert.Equal(Enumerable.Range(0, count), taken);
                Assert.InRange(most, 0, capacity);
            },
            iter: 200);

    [Fact]
    public async Task Closing_wakes_who_waits_for_room_and_what_waits_can_still_be_taken()
    {
        var handover = new Handover<string>(1);
        Assert.True(handover.TryAdd("first"));
        Task<bool> adding = Task.Factory.StartNew(() => handover.TryAdd("second"), TaskCreationOptions.LongRunning);
        handover.Close();
        Assert.False(await adding.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.True(handover.TryTake(out string thing));
        Assert.Equal("first", thing);
        Assert.False(handover.TryTake(out _));
    }

    [Fact]
    public async Task Closing_wakes_who_waits_for_a_thing()
    {
        var handover = new Handover<string>(1);
        Task<bool> taking = Task.Factory.StartNew(() => handover.TryTake(out _), TaskCreationOptions.LongRunning);
        handover.Close();
        Assert.False(await taking.WaitAsync(s_patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Taking_does_not_wait_once_something_is_there_or_nothing_will_be()
    {
        var handover = new Handover<string>(2);
        Assert.False(handover.IsReady);
        handover.TryAdd("first");
        Assert.True(handover.IsReady);
        handover.TryTake(out _);
        Assert.False(handover.IsReady);
        handover.Close();
        Assert.True(handover.IsReady);
    }
}
