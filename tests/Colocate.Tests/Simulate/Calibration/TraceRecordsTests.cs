using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;
using CsCheck;
using P = Colocate.Simulate.Parameters.ParameterCatalogue;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class TraceRecordsTests
{
    [Fact]
    public void Exact_weights_are_found_again_for_the_driver_domain_and_for_guests()
    {
        HostParameters fitted = Fit([(100, 0.5, 300, 0.1), (700, 0.2, 20, 0.9), (350, 0.3, 150, 0.4)], (e, c) => (7 * e) + (12_000 * c), (e, c) => (25 * e) + (3_000 * c));
        Assert.Equal(7, fitted[P.DriverEventsPerExecution], 6);
        Assert.Equal(12_000, fitted[P.DriverEventsPerCpuS], 4);
        Assert.Equal(25, fitted[P.GuestEventsPerExecution], 6);
        Assert.Equal(3_000, fitted[P.GuestEventsPerCpuS], 4);
        Assert.All(P.All.Except([P.DriverEventsPerExecution, P.DriverEventsPerCpuS, P.GuestEventsPerExecution, P.GuestEventsPerCpuS]), p => Assert.Equal(p.Start, fitted[p]));
    }

    /// <summary>Records that fall where executions rise ask for a negative weight; the other one alone then is the mean slope through zero.</summary>
    [Fact]
    public void A_weight_that_would_be_negative_is_none_and_the_other_is_fitted_alone()
    {
        HostParameters fewer = Fit([(100, 0.5, 100, 0.5), (400, 0.6, 400, 0.6)], (e, c) => (20_000 * c) - (5 * e), (e, c) => (30 * e) - (8_000 * c));
        Assert.Equal(0, fewer[P.DriverEventsPerExecution]);
        Assert.Equal(((0.5 * 9_500) + (0.6 * 10_000)) / ((0.5 * 0.5) + (0.6 * 0.6)), fewer[P.DriverEventsPerCpuS], 6);
        Assert.Equal(0, fewer[P.GuestEventsPerCpuS]);
        Assert.Equal(((100 * -1_000.0) + (400 * 7_200)) / ((100 * 100) + (400 * 400)), fewer[P.GuestEventsPerExecution], 6);
    }

    [Fact]
    public void No_point_nearby_with_both_weights_at_least_zero_is_closer() =>
        Gen.Select(Gen.Double[1, 1000], Gen.Double[0.01, 1], Gen.Double[0, 30_000]).Array[3, 6].Sample(
            points =>
            {
                int i = 0;
                HostParameters fitted = Fit([.. points.Select(p => (p.Item1, p.Item2, 1.0, 1.0))], (_, _) => points[i++].Item3, (_, _) => 1);
                double a = fitted[P.DriverEventsPerExecution], b = fitted[P.DriverEventsPerCpuS];
                Assert.True(a >= 0 && b >= 0);
                double least = Squares(a, b);
                foreach ((double da, double db) in ((double, double)[])[(0.01, 0), (-0.01, 0), (0, 10), (0, -10), (0.01, -10), (-0.01, 10)])
                    Assert.True(least <= Squares(Math.Max(0, a + da), Math.Max(0, b + db)) * (1 + 1e-12));

                double Squares(double x, double y) => points.Sum(p => Math.Pow((x * p.Item1) + (y * p.Item2) - p.Item3, 2));
            },
            iter: 50);

    [Fact]
    public void Runs_that_do_not_tell_the_two_apart_leave_both_as_they_were()
    {
        HostParameters same = Fit([(100, 0.1, 200, 0.4), (300, 0.3, 400, 0.8)], (e, _) => e, (e, _) => e);
        HostParameters one = Fit([(100, 0.1, 200, 0.4)], (e, _) => e, (e, _) => e);
        Assert.All(P.All, p => Assert.Equal((p.Start, p.Start), (same[p], one[p])));
    }

    private static HostParameters Fit((double DriverExecutions, double DriverCpu, double GuestExecutions, double GuestCpu)[] simulated, Func<double, double, double> driver, Func<double, double, double> guest)
    {
        var scenario = new HostScenario { Guests = [], DurationS = 1, NicMbit = 1 };
        return TraceRecords.Fit(
            HostParameters.Start,
            [.. simulated.Select((s, i) => new CalibrationRun($"run-{i}", "c", "base", "w", scenario, -1, new RunReading(null, null, Events(driver(s.DriverExecutions, s.DriverCpu)), Events(guest(s.GuestExecutions, s.GuestCpu)), null)))],
            [.. simulated.Select(s => new RunReading(null, null, Activity(s.DriverExecutions, s.DriverCpu), Activity(s.GuestExecutions, s.GuestCpu), null))]);

        static DomainMetricsRow Events(double perS) => new() { EventsPerS = perS };

        static DomainMetricsRow Activity(double executions, double cpu) => new() { ExecutionsPerS = executions, CpuFraction = cpu };
    }
}
