using Colocate.Simulate.NetworkPath;
using CsCheck;

namespace Colocate.Tests.Simulate.NetworkPath;

public sealed class RingIndicesTests
{
    /// <summary>Where the indices of a ring start: at zero, or so that they wrap soon.</summary>
    private static readonly Gen<int> s_entriesBeforeWrap = Gen.OneOf(Gen.Const(0), Gen.Int[2, 40]);

    /// <summary>Entries pushed when positive, consumed when negative; a final check when zero.</summary>
    private static readonly Gen<int[]> s_steps = Gen.OneOf(Gen.Int[1, 5], Gen.Int[-5, -1], Gen.Const(0)).Array[0, 80];

    /// <summary>
    /// The macros in indices that never wrap: RING_PUSH notifies if the event index lies in (old producer, new producer], RING_FINAL_CHECK
    /// looks, sets the event index to consumer + 1 and looks again (Xen, public/io/ring.h).
    /// </summary>
    /// <summary>With 5 more entries allowed, the sixth notifies, and no other (rsp_event of netfront in Linux 2.6.18-xen).</summary>
    [Fact]
    public void A_consumer_may_let_entries_pass_before_it_wants_to_be_told()
    {
        RingIndices ring = RingIndices.Waiting;
        Assert.True(ring.Push(1));
        ring.Consume(1);
        Assert.False(ring.FinalCheck(after: 5));
        Assert.Equal([false, false, false, false, false, true, false], Enumerable.Range(0, 7).Select(_ => ring.Push(1)));
    }

    [Fact]
    public void Notifications_are_those_of_the_ring_macros() => Gen.Select(s_entriesBeforeWrap, s_steps).Sample(
        (beforeWrap, steps) =>
        {
            RingIndices ring = Turned(beforeWrap);
            long produced = 0, consumed = 0, eventAt = 1;
            foreach (int step in steps)
            {
                if (step > 0)
                {
                    long old = produced;
                    produced += step;
                    Assert.Equal(eventAt > old && eventAt <= produced, ring.Push(step));
                }
                else if (step < 0)
                {
                    int taken = (int)Math.Min(-step, produced - consumed);
                    consumed += taken;
                    ring.Consume(taken);
                }
                else
                {
                    bool more = produced > consumed;
                    eventAt = more ? eventAt : consumed + 1;
                    Assert.Equal(more, ring.FinalCheck());
                }

                Assert.Equal(produced - consumed, ring.Unconsumed);
            }
        },
        iter: 2000, threads: 1);

    [Fact]
    public void No_wakeup_is_lost() => Gen.Select(s_entriesBeforeWrap, s_steps).Sample(
        (beforeWrap, steps) =>
        {
            RingIndices ring = Turned(beforeWrap);
            // A step counts for the consumer only when it is awake.
            bool asleep = true, notified = false;
            foreach (int step in steps)
            {
                if (step > 0)
                    notified |= ring.Push(step);
                else if (!asleep || notified)
                    Consumer(step);
                Assert.True(ring.Unconsumed == 0 || !asleep || notified, "entries wait, the consumer sleeps and nobody told it");
            }

            // Awake, it takes some and looks before it sleeps again.
            void Consumer(int step)
            {
                (asleep, notified) = (false, false);
                ring.Consume(Math.Min(-step, ring.Unconsumed));
                if (step == 0)
                    asleep = !ring.FinalCheck();
            }
        },
        iter: 2000, threads: 1);

    [Fact]
    public void A_consumer_at_work_is_told_nothing_however_much_comes()
    {
        RingIndices ring = RingIndices.Waiting;
        Assert.True(ring.Push(1));
        for (int i = 0; i < 100; i++)
        {
            Assert.False(ring.Push(2));
            ring.Consume(2);
        }

        Assert.True(ring.FinalCheck());
        Assert.False(ring.Push(1));
        ring.Consume(2);
        Assert.False(ring.FinalCheck());
        Assert.True(ring.Push(3));
    }

    /// <summary>A ring whose consumer sleeps, that many entries before its 32-bit indices wrap; 0: at their start.</summary>
    private static RingIndices Turned(int beforeWrap)
    {
        RingIndices ring = RingIndices.Waiting;
        if (beforeWrap == 0)
            return ring;
        // Twice the most that one call can add is two less than a whole turn.
        foreach (int entries in (int[])[int.MaxValue, int.MaxValue - (beforeWrap - 2)])
        {
            ring.Push(entries);
            ring.Consume(entries);
        }

        ring.FinalCheck();
        return ring;
    }
}
