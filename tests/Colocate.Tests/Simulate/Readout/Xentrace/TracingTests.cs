using Colocate.Simulate.Readout;
using Colocate.Simulate.Readout.Xentrace;
using Colocate.Simulate.Scenarios;
using Colocate.Tests.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Readout.Xentrace;

/// <summary>What tracing costs the simulation: neither its results nor memory.</summary>
[Collection(typeof(MeasuredAlone))]
public sealed class TracingTests
{
    private static readonly HostScenario s_scenario = SmallHost.Scenario(1.5, SmallHost.Loaded(700), SmallHost.Loaded(60, 51_200), SmallHost.Idle()) with { Pcpus = 2 };

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        byte[] trace = TracedRun.Of(s_scenario).Trace;
        Assert.Equal(trace, TracedRun.Of(s_scenario).Trace);
        Assert.NotEqual(trace, TracedRun.Of(s_scenario with { Seed = 2 }).Trace);
    }

    [Fact]
    public void A_traced_run_is_the_run_without_a_trace()
    {
        ScenarioResult traced = TracedRun.Of(s_scenario).Result, plain = SmallHost.Run(s_scenario);
        Assert.Equal((plain.Driver, plain.Host, plain.Window, plain.SimEvents), (traced.Driver, traced.Host, traced.Window, traced.SimEvents));
        Assert.Equal(plain.Guests, traced.Guests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Many_times_the_records_allocate_nothing_more(int pcpus)
    {
        HostModel model = SmallHost.Model(SmallHost.Scenario(60, SmallHost.Loaded(400, poisson: false), SmallHost.Loaded(20, 51_200, poisson: false)) with { Pcpus = pcpus });
        using var stream = new CountingStream();
        var trace = new XentraceWriter(stream, model.VcpuIds, pcpus);
        model.AdvanceTo(6 * SmallHost.Second, TestContext.Current.CancellationToken);
        trace.Open(model.Machine, 6 * SmallHost.Second);

        // What the runtime takes when the writer's code first runs in a process is not the writer's.
        model.AdvanceTo(7 * SmallHost.Second, TestContext.Current.CancellationToken);
        int atMs = 7_000;
        (long few, long fewBytes) = SmallHost.Allocated(model, ref atMs, 500, () => stream.Length);
        (long many, long manyBytes) = SmallHost.Allocated(model, ref atMs, 5_000, () => stream.Length);
        Assert.True(fewBytes > 100_000 && manyBytes > 8 * fewBytes, $"{fewBytes} and {manyBytes} bytes of trace");
        Assert.Equal((0, 0), (few, many));
    }
}
