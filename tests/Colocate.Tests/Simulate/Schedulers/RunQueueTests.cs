using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

public sealed class RunQueueTests
{
    [Fact]
    public void A_vcpu_queues_behind_its_equals_and_before_lower_classes()
    {
        RunQueue queue = QueueOf(CreditPriority.Under, CreditPriority.Over, CreditPriority.Boost, CreditPriority.Under, CreditPriority.Boost, CreditPriority.Over);
        Assert.Equal([2, 4, 0, 3, 1, 5], Ids(queue));
    }

    [Fact]
    public void It_goes_before_the_first_lower_one_even_where_classes_changed_in_the_queue()
    {
        RunQueue queue = QueueOf(CreditPriority.Under, CreditPriority.Under, CreditPriority.Under);
        queue.Entries[1].Priority = CreditPriority.Over;
        queue.Insert(new CreditVcpu(3, 0, 0));
        Assert.Equal([0, 3, 1, 2], Ids(queue));
    }

    [Fact]
    public void Sorting_brings_those_with_credits_to_the_front_and_keeps_the_order_otherwise()
    {
        RunQueue queue = QueueOf([.. Enumerable.Repeat(CreditPriority.Under, 7)]);
        CreditPriority[] after = [CreditPriority.Over, CreditPriority.Under, CreditPriority.Over, CreditPriority.Boost, CreditPriority.Under, CreditPriority.Over, CreditPriority.Boost];
        for (int i = 0; i < after.Length; i++)
            queue.Entries[i].Priority = after[i];
        queue.Sort();
        Assert.Equal([1, 3, 4, 6, 0, 2, 5], Ids(queue));
    }

    [Fact]
    public void Whoever_leaves_closes_the_gap()
    {
        RunQueue queue = QueueOf(CreditPriority.Under, CreditPriority.Under, CreditPriority.Under);
        CreditVcpu middle = queue.Entries[1];
        queue.Remove(middle);
        Assert.Equal([0, 2], Ids(queue));
        Assert.False(middle.Queued);
        queue.Remove(queue.First!);
        queue.Remove(queue.First!);
        Assert.Null(queue.First);
    }

    private static RunQueue QueueOf(params CreditPriority[] priorities)
    {
        var queue = new RunQueue(priorities.Length + 1);
        for (int id = 0; id < priorities.Length; id++)
            queue.Insert(new CreditVcpu(id, 0, 0) { Priority = priorities[id] });
        return queue;
    }

    private static int[] Ids(RunQueue queue) => [.. queue.Entries.ToArray().Select(v => v.Id)];
}
