using Colocate.Ingest.Formats;
using Colocate.Simulate.Machine;
using Colocate.Simulate.Readout.Xentrace;
using Colocate.Tests.Simulate.Machine;
using Colocate.Tests.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Readout.Xentrace;

/// <summary>Records of a small machine, as Xen 4.17 words and orders them (xen/common/sched/core.c; traces of the lab).</summary>
public sealed class RecordTests
{
    private const long Us = MachineRig.Us, Ms = MachineRig.Ms;
    private static readonly VcpuId[] s_ids = [new(0, 0), new(7, 1)];

    [Fact]
    public void A_wake_a_decision_to_go_on_a_switch_and_idling_leave_these_records()
    {
        MachineRig rig = new(1, (new TestKernel(2 * Ms, 50 * Ms), MachineRig.Share(0)), (new TestKernel(300 * Us, 50 * Ms), MachineRig.Share(1)));
        using var stream = new MemoryStream();
        var trace = new XentraceWriter(stream, s_ids, 1);
        trace.Open(rig.Machine, 0);
        rig.At(500 * Us, () => rig.Machine.Tickle(0));
        rig.WakeAll().RunUntil(3 * Ms);
        trace.Close(3 * Ms);
        Assert.Null(rig.Machine.Trace);
        Assert.Equal(
            [
                "0: 21002 7fff0000", // idle has the pcpu
                "0: 41001 0", "0: 28001 0", // the domain whose first vcpu is here
                "0: 28004 0 0", "0: 21211 0", // a wake: blocked to runnable
                "0: 2800e 7fff 0 0", "0: 2800f 0 0 0 1c9c380", "0: 2800a 7fff 0 0 0", "0: 21011 7fff0000", "0: 21101 0", // idle to d0v0, for 30 ms
                "0: 28004 7 1", "0: 21211 70001",
                "500000: 28011 0 0 7a120 7a120", "500000: 21002 0", // within the rate limit of 1 ms: go on to its end
                "1000000: 2800e 0 0 f4240", "1000000: 2800f 7 1 f4240 1c9c380", "1000000: 2800a 0 0 7 1", "1000000: 21011 0", "1000000: 21101 70001",
                "1300000: 20100d 10001d 1", "1300000: 28006 7 1", // sched_op block
                "1300000: 2800e 7 1 493e0", "1300000: 2800f 0 0 13d620 1c9c380", "1300000: 2800a 7 1 0 0", "1300000: 21021 70001", "1300000: 21101 0",
                "2300000: 20100d 10001d 1", "2300000: 28006 0 0",
                "2300000: 2800e 0 0 f4240", "2300000: 2800f 7fff 0 231860 ffffffff", "2300000: 2800a 0 0 7fff 0", "2300000: 21021 0", "2300000: 21101 7fff0000",
                "3000000: 21002 7fff0000",
            ],
            Lines(stream));
    }

    [Fact]
    public void Hypercalls_are_logged_where_their_vcpu_runs_and_name_the_domain_whose_pages_they_are()
    {
        MachineRig rig = new(2, (new TestKernel(100 * Ms), MachineRig.Share(0)), (new TestKernel(100 * Ms), MachineRig.Share(1)));
        rig.WakeAll().RunUntil(1 * Ms);
        using var stream = new MemoryStream();
        var trace = new XentraceWriter(stream, s_ids, 2);
        trace.Open(rig.Machine, 1 * Ms);
        int own = rig.Machine.Pcpus[0].Current, other = 1 - own;
        trace.Notify(own, 2 * Ms);
        trace.GrantCopy(other, 3, 2 * Ms);
        trace.GrantMap(own, 1, 2, 2 * Ms);
        trace.GrantUnmap(own, 1, 1, 2 * Ms);
        trace.GrantCopy(own, 0, 2 * Ms);
        trace.GrantMap(own, 1, 0, 2 * Ms);
        Assert.Equal(
            [(0, 2_000_000, "20100d 20"), (1, 2_000_001, "20100d 1100014 5 3"), (0, 2_000_002, "20100d 1100014 0 2"), (0, 2_000_002, "10f001 7"), (0, 2_000_002, "10f001 7"), (0, 2_000_002, "20100d 1100014 1 1"), (0, 2_000_002, "10f002 7")],
            RecordsAfterOpening(trace, stream));
    }

    /// <summary>Parked while it runs, a vcpu sleeps and leaves its pcpu offline; parked while it waits, it goes offline at once; let go on, it wakes.</summary>
    [Fact]
    public void Parking_is_a_sleep_and_its_end_a_wake()
    {
        MachineRig rig = new(1, (new TestKernel(100 * Ms), MachineRig.Share(0)), (new TestKernel(100 * Ms), MachineRig.Share(1)));
        using var stream = new MemoryStream();
        var trace = new XentraceWriter(stream, s_ids, 1);
        trace.Open(rig.Machine, 0);
        trace.Wake(0, 1, RunState.Blocked, RunState.Offline, 1);
        trace.Wake(0, 1, RunState.Offline, RunState.Runnable, 2);
        trace.Park(0, 1, RunState.Runnable, 3);
        trace.Park(0, 0, RunState.Running, 4);
        Assert.Equal(
            [(0, 1, "28004 7 1"), (0, 1, "21231 70001"), (0, 2, "28004 7 1"), (0, 2, "21311 70001"), (0, 3, "28003 7 1"), (0, 3, "21131 70001"), (0, 4, "28003 0 0")],
            RecordsAfterOpening(trace, stream).Skip(2));
    }

    /// <summary>Domains may have several vcpus, and any of the host's pcpus.</summary>
    [Fact]
    public void Vcpus_of_one_domain_are_kept_apart()
    {
        VcpuId[] ids = [new(0, 0), new(0, 1), new(5, 0), new(5, 3)];
        TestKernel[] kernels = [new(2 * Ms, 1 * Ms), new(700 * Us, 3 * Ms), new(9 * Ms, 400 * Us), new(100 * Ms)];
        MachineRig rig = new(3, [.. kernels.Select((k, i) => (k, MachineRig.Share(i)))]);
        using var stream = new MemoryStream();
        var trace = new XentraceWriter(stream, ids, 3);
        trace.Open(rig.Machine, 0);
        rig.WakeAll().RunUntil(400 * Ms);
        trace.Close(400 * Ms);
        RowSink rows = TracedRun.Ingest(stream.ToArray());
        var vcpus = TracedRun.Vcpus(rows);
        Assert.Equal([(0, 0), (0, 1), (5, 0), (5, 3), (32_767, 0), (32_767, 1), (32_767, 2)], vcpus.Keys);
        for (int v = 0; v < ids.Length; v++)
        {
            (long[] states, long[] counts) = vcpus[(ids[v].Domid, ids[v].Vcpu)];
            Vcpu own = rig.Machine.Vcpus[v];
            Assert.Equal([own.Executions, own.Wakes, 0], counts);
            Assert.All(Enum.GetValues<RunState>(), s => Assert.Equal(own.InStateNs(s), states[(int)s], 4_000.0));
        }
    }

    /// <summary>A notification wakes from the pcpu of its sender; the vcpu that it wakes may then get another.</summary>
    [Fact]
    public void A_wake_is_logged_where_its_cause_was()
    {
        TracedRun run = TracedRun.Of(SmallHost.Scenario(1, SmallHost.Loaded(400), SmallHost.Loaded(400)) with { Pcpus = 2 });
        List<(int Pcpu, long Ticks, string Text)> records = RecordLines.Of(run.Trace, XentraceWriter.DefaultTscHz);
        var afterNotification = records.Zip(records.Skip(1), records.Skip(3)).Where(r => r.First.Text == "20100d 20" && r.Second.Text.StartsWith("28004 ", StringComparison.Ordinal) && r.Second.Ticks <= r.First.Ticks + 1).ToList();
        Assert.True(afterNotification.Count > 200);
        Assert.All(afterNotification, r => Assert.Equal(r.First.Pcpu, r.Second.Pcpu));
        Assert.Contains(afterNotification, r => r.Third.Pcpu != r.First.Pcpu);
    }

    /// <summary>A page stays mapped until its packet has left: in the end a few are.</summary>
    [Fact]
    public void Pages_are_mapped_and_unmapped_again_as_many_as_the_hypercalls_say()
    {
        string[] records = [.. RecordLines.Of(TracedRun.Of(SmallHost.Scenario(1, SmallHost.Loaded(40, 51_200))).Trace, XentraceWriter.DefaultTscHz).Select(r => r.Text)];
        int mapped = records.Count(r => r == "10f001 1"), unmapped = records.Count(r => r == "10f002 1");
        Assert.Equal((mapped, unmapped), (Operations("20100d 1100014 0 "), Operations("20100d 1100014 1 ")));
        Assert.InRange(mapped - unmapped, 0, 64);
        Assert.True(unmapped > 500);

        int Operations(string hypercall) => records.Where(r => r.StartsWith(hypercall, StringComparison.Ordinal)).Sum(r => Convert.ToInt32(r[hypercall.Length..], 16));
    }

    [Fact]
    public void A_machine_of_another_size_and_a_name_that_xen_would_not_give_are_errors()
    {
        MachineRig rig = new(1, (new TestKernel(1), MachineRig.Share(0)), (new TestKernel(1), MachineRig.Share(1)));
        Assert.Throws<ArgumentException>(() => new XentraceWriter(Stream.Null, s_ids, 2).Open(rig.Machine, 0));
        Assert.Throws<ArgumentException>(() => new XentraceWriter(Stream.Null, [.. s_ids, new(8, 0)], 1).Open(rig.Machine, 0));
        Assert.All((VcpuId[])[new(0x7ff0, 0), new(-1, 0), new(1, 8192), new(1, -1)], id => Assert.Throws<ArgumentOutOfRangeException>(() => new XentraceWriter(Stream.Null, [id], 1)));
    }

    [Theory]
    [InlineData(0, XentraceWriter.DefaultTscHz)]
    [InlineData(1, 999_999)]
    [InlineData(1, 10_000_000_001)]
    public void A_host_without_pcpus_and_a_clock_out_of_range_are_errors(int pcpus, long tscHz) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new XentraceWriter(Stream.Null, s_ids, pcpus, tscHz));

    private static IEnumerable<string> Lines(MemoryStream stream) => RecordLines.Of(stream.ToArray(), XentraceWriter.DefaultTscHz).Select(r => $"{r.Ticks}: {r.Text}");

    private static IEnumerable<(int Pcpu, long Ticks, string Text)> RecordsAfterOpening(XentraceWriter trace, MemoryStream stream)
    {
        trace.Close(3 * Ms);
        return RecordLines.Of(stream.ToArray(), XentraceWriter.DefaultTscHz).Where(r => !r.Text.StartsWith("21002", StringComparison.Ordinal));
    }
}
