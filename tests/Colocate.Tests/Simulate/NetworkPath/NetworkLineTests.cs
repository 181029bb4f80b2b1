using Colocate.Simulate.Engine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Tests.Simulate.NetworkPath;

public sealed class NetworkLineTests
{
    /// <summary>
    /// Poisson arrivals at a line that takes the same time for each packet: the mean wait is rho / (2 (1 - rho)) service times (Pollaczek and
    /// Khinchine, for M/D/1). It must lie within four standard errors of what 100 stretches of 20 000 packets say, and those be below 1 %.
    /// </summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Packets_wait_as_long_as_in_a_queue_with_random_arrivals_and_constant_service(double utilisation)
    {
        const int Stretches = 100, PerStretch = 20_000, Bytes = 1_226;
        const long ServiceNs = 100_000;
        var line = new NetworkLine(12.5e6, frameGapBytes: 24);
        var random = new RandomSource(20_10, 0);
        var means = new double[Stretches];
        long nowNs = 0;
        for (int s = 0; s < Stretches; s++)
        {
            double waitNs = 0;
            for (int i = 0; i < PerStretch; i++)
            {
                nowNs += (long)Math.Round(random.Exponential(ServiceNs / utilisation));
                waitNs += line.Send(Bytes, nowNs) - nowNs - ServiceNs;
            }

            means[s] = waitNs / PerStretch / ServiceNs;
        }

        double mean = means.Average(), error = Math.Sqrt(means.Sum(m => (m - mean) * (m - mean)) / (Stretches - 1) / Stretches);
        double expected = utilisation / (2 * (1 - utilisation));
        Assert.InRange(error, 0, 0.01 * expected);
        Assert.Equal(expected, mean, 4 * error);
    }

    [Fact]
    public void Packets_leave_one_after_the_other_and_the_line_takes_up_again_when_it_was_free()
    {
        var line = new NetworkLine(1e6, frameGapBytes: 24);
        Assert.Equal(100_000 + 1_024_000, line.Send(1_000, 100_000));
        Assert.Equal(1_124_000 + 84_000, line.Send(60, 200_000));
        Assert.Equal(1_008_000, line.BacklogNs(200_000));
        Assert.Equal(0, line.BacklogNs(1_208_000));
        Assert.Equal(5_000_000 + 524_000, line.Send(500, 5_000_000));
    }
}
