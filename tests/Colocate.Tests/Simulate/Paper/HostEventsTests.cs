using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Paper;
using Colocate.Simulate.Parameters;
using CsCheck;
using P = Colocate.Simulate.Parameters.ParameterCatalogue;

namespace Colocate.Tests.Simulate.Paper;

public sealed class HostEventsTests
{
    private static readonly ParameterDefinition[] s_weights = [P.HostEventsPerSwitch, P.HostEventsPerPage, P.HostEventsPerMap, P.HostEventsPerNotification, P.HostEventsPerRequest];

    private static readonly double[][] s_counts =
    [
        [9_000, 11_500, 20_000, 3_000, 1_900], [10_500, 14_900, 26_000, 2_500, 1_750], [15_500, 16_000, 31_000, 4_000, 1_100], [26_000, 13_000, 28_000, 9_000, 375], [27_000, 11_000, 30_000, 8_000, 225], [27_700, 10_000, 24_000, 12_000, 112],
    ];

    [Theory]
    [InlineData(2.5, 1.5, 0.5, 4, 30)]
    [InlineData(8, 0, 2, 0, 0)]
    [InlineData(0, 0, 0, 7, 0)]
    [InlineData(10, 0, 3, 0, 40)]
    public void Known_weights_are_recovered(double perSwitch, double perPage, double perMap, double perNotification, double perRequest)
    {
        double[] weights = [perSwitch, perPage, perMap, perNotification, perRequest];
        HostParameters fitted = Fit([.. s_counts.Select(c => c.Zip(weights, (n, w) => n * w).Sum())]);
        Assert.All(s_weights.Zip(weights), w => Assert.Equal(w.Second, fitted[w.First], 6));
    }

    [Fact]
    public void Weights_are_never_negative_and_no_weight_alone_leaves_less() => Gen.Double[1, 1e6].Array[s_counts.Length].Sample(
        events =>
        {
            HostParameters fitted = Fit(events);
            double[] weights = [.. s_weights.Select(w => fitted[w])];
            Assert.All(weights, w => Assert.True(w >= 0));
            for (int cause = 0; cause < weights.Length; cause++)
            {
                // The best single weight in closed form.
                double[] relative = [.. s_counts.Select((c, r) => c[cause] / events[r])];
                double[] alone = new double[weights.Length];
                alone[cause] = relative.Sum() / relative.Sum(x => x * x);
                Assert.True(Left(events, weights) <= Left(events, alone) + 1e-9);
            }
        },
        iter: 100);

    [Fact]
    public void Events_counted_for_the_host_are_not_counted_by_domain_as_well()
    {
        HostParameters before = HostParameters.Start.With((P.DriverEventsPerExecution, 3), (P.DriverEventsPerCpuS, 4), (P.GuestEventsPerExecution, 5), (P.GuestEventsPerCpuS, 6), (P.IdleEventsPerExecution, 7), (P.Request, 77));
        HostParameters fitted = Fit([.. s_counts.Select(c => 2 * c[0])], before);
        Assert.All(new[] { P.DriverEventsPerExecution, P.DriverEventsPerCpuS, P.GuestEventsPerExecution, P.GuestEventsPerCpuS, P.IdleEventsPerExecution }, p => Assert.Equal(0, fitted[p]));
        Assert.Equal(77, fitted[P.Request]);
    }

    private static double Left(double[] events, double[] weights) => Math.Sqrt(s_counts.Select((c, r) => Math.Pow(1 - (c.Zip(weights, (n, w) => n * w).Sum() / events[r]), 2)).Sum());

    private static HostParameters Fit(double[] events, HostParameters? parameters = null)
    {
        IReadOnlyList<CalibrationRun> like = PaperBaseCases.Runs(PaperFiles.BaseCases, PaperTestbed.OnePcpu);
        return HostEvents.Fit(
            parameters ?? HostParameters.Start,
            [.. events.Select((e, r) => like[r] with { Measured = new RunReading(null, null, null, null, new SimulatedRunRow { EventsPerS = e }) })],
            [.. s_counts.Select(c => new RunReading(c[4], null, null, null, new SimulatedRunRow { SwitchesPerS = c[0], PagesTransferredPerS = c[1], PagesMappedPerS = c[2], EventChannelPerS = c[3] }))]);
    }
}
