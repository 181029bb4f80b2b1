using Colocate.Model.Runs;

namespace Colocate.Tests.Model.Runs;

public sealed class WorkloadOrderTests
{
    [Fact]
    public void Sizes_sort_by_value_not_by_letter()
    {
        string[] names = ["100KB", "4KB", "idle", "1KB", "10KB"];
        Assert.Equal(["1KB", "4KB", "10KB", "100KB", "idle"], names.Order(WorkloadOrder.Instance));
    }

    [Theory]
    [InlineData("10KB", "4KB", "4KB", "10KB")]
    [InlineData("a", "a", "a", "a")]
    public void Both_orders_of_a_pair_are_one_pair(string x, string y, string a, string b)
    {
        Assert.Equal((a, b), (WorkloadPair.Of(x, y).A, WorkloadPair.Of(x, y).B));
        Assert.Equal(WorkloadPair.Of(x, y), WorkloadPair.Of(y, x));
    }
}
