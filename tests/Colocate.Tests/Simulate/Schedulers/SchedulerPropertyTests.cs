using Colocate.Simulate.Schedulers;
using CsCheck;
using static Colocate.Tests.Simulate.Schedulers.RecordingHost;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>What holds for every scheduler, or for all that share time.</summary>
[Collection(typeof(MeasuredAlone))]
public sealed class SchedulerPropertyTests
{
    private const long Second = 1_000 * Ms;
    private static readonly Gen<double> s_noCap = Gen.Const(0.0);

    public static TheoryData<string> All => [.. SchedulerCatalogue.All.Select(s => s.Name)];

    public static TheoryData<string> Sharing => [.. SchedulerCatalogue.All.Where(s => s.HasShares).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Sharing))]
    public void No_vcpu_has_two_pcpus_or_one_that_it_may_not_run_on(string scheduler) => Hosts(
        Gen.Int[0, 4].Select(quarters => quarters * 0.25), Gen.OneOf(Gen.Const(VcpuShare.Anywhere), Gen.ULong[1, 15])).Sample(
        given => Run(scheduler, given, AssertPlaces), iter: 200, threads: 1);

    [Fact]
    public void Under_null_no_vcpu_has_two_pcpus_or_one_that_it_may_not_run_on() => Hosts(s_noCap, Gen.OneOf(Gen.Const(VcpuShare.Anywhere), Gen.ULong[1, 15])).Sample(
        given => Run("null", given with { Vcpus = [.. given.Vcpus.Select(v => v with { Weight = 256 })] }, AssertPlaces), iter: 200, threads: 1);

    /// <summary>
    /// Weights differ by less than four. With far greater ratios the lighter ones under credit2 burn their credit down to the least there is at once, and then
    /// an idle pcpu leaves them where they were.
    /// </summary>
    [Theory]
    [MemberData(nameof(Sharing))]
    public void No_pcpu_idles_while_a_vcpu_waits(string scheduler) => Hosts(s_noCap, Gen.Const(VcpuShare.Anywhere)).Sample(
        given => Run(
            scheduler,
            given with { Vcpus = [.. given.Vcpus.Select(v => v with { Weight = 256 + (v.Weight / 2) })] },
            (_, host) => Assert.True(!host.Running.Contains(Dispatch.Idle) || !host.Waiting.Any(), "a pcpu idles")),
        iter: 200, threads: 1);

    [Theory]
    [MemberData(nameof(Sharing))]
    public void Two_spinners_share_a_pcpu_by_weight_within_3_per_cent_of_it(string scheduler) => Gen.Select(Gen.Int[128, 512], Gen.Int[128, 512]).Sample(
        weights =>
        {
            SpinnersOn<IVcpuScheduler> host = Host(scheduler, 1, new VcpuShare(0, weights.Item1, 0), new VcpuShare(1, weights.Item2, 0));
            host.Wake(0, 1);
            host.RunUntil(10 * Second);
            Assert.Equal((double)weights.Item1 / (weights.Item1 + weights.Item2), host.RanNs[0] / (10.0 * Second), 0.03);
            Assert.Equal(10 * Second, host.RanNs.Sum());
        },
        iter: 20, threads: 1);

    /// <summary>
    /// Smaller caps are left out: what a vcpu owes beyond one slice is forgiven by the credit schedulers, so that they let it have up to a tenth more
    /// with some caps below 0.3.
    /// </summary>
    [Theory]
    [MemberData(nameof(Sharing))]
    public void A_cap_is_kept_to_within_one_accounting_period(string scheduler) => Gen.Select(Gen.Int[30, 95], Gen.Bool).Sample(
        given =>
        {
            double cap = given.Item1 / 100.0;
            SpinnersOn<IVcpuScheduler> host = Host(scheduler, 1, new VcpuShare(0, 256, cap), new VcpuShare(1, 256, 0));
            host.Wake(0);
            if (given.Item2)
                host.Wake(1);
            host.RunUntil(10 * Second);
            double due = given.Item2 ? Math.Min(cap, 0.5) : cap;
            Assert.InRange(host.RanNs[0], (long)(due * 10 * Second * 0.97) - host.Scheduler.AccountNs, (long)Math.Round(cap * 10 * Second) + host.Scheduler.AccountNs);
        },
        iter: 20, threads: 1);

    [Theory]
    [MemberData(nameof(Sharing))]
    public void Two_domains_of_two_vcpus_share_two_pcpus_by_weight(string scheduler)
    {
        VcpuShare light = new(0, 256, 0), heavy = new(1, 512, 0);
        SpinnersOn<IVcpuScheduler> host = Host(scheduler, 2, light, light, heavy, heavy);
        host.Wake(0, 1, 2, 3);
        host.RunUntil(20 * Second);
        Assert.Equal(2.0 / 3, (host.RanNs[0] + host.RanNs[1]) / (20.0 * Second), 0.04);
        Assert.Equal(host.RanNs[0] / (20.0 * Second), host.RanNs[1] / (20.0 * Second), 0.04);
        Assert.Equal(40 * Second, host.RanNs.Sum());
    }

    [Theory]
    [MemberData(nameof(Sharing))]
    public void A_cap_above_one_pcpu_is_shared_by_the_vcpus_of_the_domain(string scheduler)
    {
        VcpuShare capped = new(0, 256, 1.2), free = new(1, 256, 0);
        SpinnersOn<IVcpuScheduler> host = Host(scheduler, 2, capped, capped, free, free);
        host.Wake(0, 1);
        host.RunUntil(10 * Second);
        Assert.Equal(1.2, (host.RanNs[0] + host.RanNs[1]) / (10.0 * Second), 0.03);
        host.Wake(2, 3);
        long[] before = [.. host.RanNs];
        host.RunUntil(30 * Second);
        Assert.Equal([1.0, 1.0], new[] { 0, 2 }.Select(v => (host.RanNs[v] - before[v] + host.RanNs[v + 1] - before[v + 1]) / (20.0 * Second)), (a, b) => Math.Abs(a - b) < 0.04);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_pcpu_of_its_own_is_what_pinning_gives_a_domain(string scheduler)
    {
        SpinnersOn<IVcpuScheduler> host = Host(scheduler, 2, new VcpuShare(0, 256, 0, 0b01), new VcpuShare(1, 256, 0, 0b10), new VcpuShare(2, 256, 0, 0b10));
        host.Wake(2, 1, 0);
        for (int round = 1; round <= 1_000; round++)
        {
            host.RunUntil(round * 10 * Ms);
            host.Block(0);
            Assert.Equal(Dispatch.Idle, host.Running[0]);
            host.Wake(0);
            Assert.Equal(0, host.Running[0]);
        }

        Assert.Equal([10 * Second, 10 * Second], new[] { host.RanNs[0], host.RanNs[1] + host.RanNs[2] });
        if (scheduler != "null")
            Assert.Equal(0.5, host.RanNs[1] / (10.0 * Second), 0.02);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_vcpu_that_is_pinned_to_no_pcpu_of_the_host_is_refused(string scheduler) =>
        Assert.Contains("pinned to none of the 2 pcpus", Assert.Throws<ArgumentException>(() => Host(scheduler, 2, new VcpuShare(0, 256, 0, 0b100))).Message);

    [Theory]
    [MemberData(nameof(Sharing))]
    public void No_call_allocates(string scheduler)
    {
        SpinnersOn<IVcpuScheduler> host = Host(scheduler, 2, [.. Enumerable.Range(0, 6).Select(d => new VcpuShare(d, 256 << (d % 3), d % 2 * 0.2))]);
        Disturb(host, rounds: 1_000);
        Assert.Equal(0, Allocations.Of(() => Disturb(host, rounds: 10_000)));

        static void Disturb(SpinnersOn<IVcpuScheduler> host, int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                host.RunUntil(host.NowNs + (1_700 * Us));
                host.Block(round % 5);
                host.Wake(round % 6);
            }
        }
    }

    private static SpinnersOn<IVcpuScheduler> Host(string scheduler, int pcpus, params VcpuShare[] vcpus) =>
        new(host => SchedulerCatalogue.Find(scheduler)!.Create(host, new SchedulerSettings(), pcpus, vcpus), pcpus, vcpus.Length);

    private static void AssertPlaces(Given given, SpinnersOn<IVcpuScheduler> host)
    {
        int[] running = [.. host.Running.Where(v => v != Dispatch.Idle)];
        Assert.Equal(running.Distinct(), running);
        Assert.All(Enumerable.Range(0, given.Pcpus), p => Assert.True(host.Running[p] == Dispatch.Idle || VcpuShare.Allows(given.Vcpus[host.Running[p]].Affinity, p)));
    }

    private static void Run(string scheduler, Given given, Action<Given, SpinnersOn<IVcpuScheduler>> check)
    {
        SpinnersOn<IVcpuScheduler> host = Host(scheduler, given.Pcpus, given.Vcpus);
        foreach ((int us, int vcpu, bool wakes) in given.Steps)
        {
            host.RunUntil(host.NowNs + (us * Us), () => check(given, host));
            if (wakes)
                host.Wake(vcpu % given.Vcpus.Length);
            else
                host.Block(vcpu % given.Vcpus.Length);
            check(given, host);
        }
    }

    /// <summary>Up to seven vcpus, two to a domain; masks are made to hit a pcpu of the host.</summary>
    private static Gen<Given> Hosts(Gen<double> caps, Gen<ulong> affinities) => Gen.Select(
        Gen.Int[1, 4],
        Gen.Select(Gen.Int[1, 1024].Array[4], caps.Array[4], affinities.Array[1, 7]),
        Gen.Select(Gen.OneOf(Gen.Int[0, 300], Gen.Int[0, 40_000]), Gen.Int[0, 6], Gen.Bool).Array[1, 100],
        (pcpus, shares, steps) => new Given(pcpus, [.. shares.Item3.Select((a, i) => new VcpuShare(i / 2, shares.Item1[i / 2], shares.Item2[i / 2], a == VcpuShare.Anywhere ? a : a | (1UL << (i % pcpus))))], steps));

    /// <summary>A host and what happens to it: us to run, then a vcpu to wake or block.</summary>
    private sealed record Given(int Pcpus, VcpuShare[] Vcpus, (int Us, int Vcpu, bool Wakes)[] Steps);
}
