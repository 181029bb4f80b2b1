using Colocate.Simulate.Schedulers;
using CsCheck;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

[Collection(typeof(MeasuredAlone))]
public sealed class CreditInvariantTests
{
    private static readonly Gen<double> s_cap = Gen.Int[0, 4].Select(quarters => quarters * 0.25);

    [Fact]
    public void A_vcpu_that_wants_to_run_has_one_pcpu_or_waits_for_one() =>
        Hosts(s_cap.Array[7]).Sample(given => Run(given, AssertSound), iter: 500, threads: 1);

    /// <summary>One domain has a cap, so that no accounting pass wakes two vcpus in one step.</summary>
    [Fact]
    public void No_pcpu_idles_while_an_unparked_vcpu_waits() => Hosts(s_cap.Select(cap => new[] { cap, 0, 0, 0, 0, 0, 0 })).Sample(
        given => Run(given, host =>
        {
            AssertSound(host);
            Assert.True(!host.Running.Contains(Dispatch.Idle) || !host.Waiting.Any(), "a pcpu idles");
        }),
        iter: 500, threads: 1);

    [Fact]
    public void A_pcpu_left_idle_by_wakes_of_one_step_is_found_by_a_tick()
    {
        var host = new SpinnerHost(3, RecordingHost.EqualDomains(3));
        host.WakeAtOnce(0, 1, 2);
        Assert.Equal([0, Dispatch.Idle, Dispatch.Idle], host.Running);
        host.RunUntil(21 * Ms);
        Assert.DoesNotContain(Dispatch.Idle, host.Running.Take(2));
        host.RunUntil(50 * Ms);
        Assert.Equal([0, 1, 2], host.Running.Order());
    }

    [Fact]
    public void No_call_allocates()
    {
        var host = new SpinnerHost(2, [.. Enumerable.Range(0, 6).Select(d => new VcpuShare(d, 256 << (d % 3), d % 2 * 0.2))]);
        // As long as what is measured: the runtime compiles loops anew on the stack after 1 000 rounds at the earliest, and what that takes is not the scheduler's.
        Disturb(host, rounds: 20_000);
        Assert.Equal(0, Allocations.Of(() => Disturb(host, rounds: 20_000)));
        Assert.Contains(host.Scheduler.Vcpus, v => v.Parked);
        Assert.Contains(host.Scheduler.Vcpus, v => v.Priority == CreditPriority.Boost);

        static void Disturb(SpinnerHost host, int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                host.RunUntil(host.NowNs + (1_700 * Us));
                host.Block(round % 5);
                host.Wake(round % 6);
            }
        }
    }

    private static void AssertSound(SpinnerHost host)
    {
        int[] running = [.. host.Running.Where(v => v != Dispatch.Idle)];
        Assert.Equal(running.Distinct(), running);
        Assert.Equal(running, host.Scheduler.Pcpus.Where(p => p.Current is not null).Select(p => p.Current!.Id));
        int[] queued = [.. host.Scheduler.Pcpus.SelectMany(p => p.Queue.Entries.ToArray()).Select(v => v.Id)];
        Assert.Equal(host.Waiting, queued.Order());
    }

    private static void Run(Given given, Action<SpinnerHost> check)
    {
        var host = new SpinnerHost(given.Pcpus, given.Vcpus);
        foreach ((int us, int vcpu, bool wakes) in given.Steps)
        {
            host.RunUntil(host.NowNs + (us * Us), () => check(host));
            if (wakes)
                host.Wake(vcpu % given.Vcpus.Length);
            else
                host.Block(vcpu % given.Vcpus.Length);
            check(host);
        }
    }

    private static Gen<Given> Hosts(Gen<double[]> caps) => Gen.Select(
        Gen.Int[1, 4],
        Gen.Select(Gen.Int[1, 1024].Array[1, 7], caps, (weights, cap) => weights.Select((w, i) => new VcpuShare(i, w, cap[i])).ToArray()),
        Gen.Select(Gen.OneOf(Gen.Int[0, 300], Gen.Int[0, 40_000]), Gen.Int[0, 6], Gen.Bool).Array[1, 200],
        (pcpus, vcpus, steps) => new Given(pcpus, vcpus, steps));

    /// <summary>A host and what happens to it: us to run, then a vcpu to wake or block.</summary>
    private sealed record Given(int Pcpus, VcpuShare[] Vcpus, (int Us, int Vcpu, bool Wakes)[] Steps);
}
