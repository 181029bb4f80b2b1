using Colocate.Benchmarks;

namespace Colocate.Tests.Simulate.Engine;

/// <summary>The benchmarks' tandem queue: what is fast must also be right.</summary>
public sealed class TandemTests
{
    [Fact]
    public void The_exact_sojourn_is_the_sum_of_three_queues_by_themselves() => Assert.Equal((0.7 / 0.3) + (0.6 / 0.4) + (0.5 / 0.5), Tandem.ExactSojournNs / 1e6, 1e-9);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Customers_stay_as_long_as_the_closed_form_says(long seed)
    {
        const int customers = 400_000;
        var queue = new Tandem(seed);
        queue.Run(customers);
        Assert.Equal(4 * customers, queue.Events);
        Assert.Equal(1, queue.SojournNs / (double)customers / Tandem.ExactSojournNs, 3 * Tandem.RelativeError(customers));
    }
}
