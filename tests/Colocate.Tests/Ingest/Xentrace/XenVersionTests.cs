using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>What stands in traces of one version or one kind of guest only. Ids and words: <c>xen/include/public/trace.h</c> and <c>hvm/trace.h</c> of that version.</summary>
public sealed class XenVersionTests
{
    private const uint Driver = 0, Guest = 5;

    [Fact]
    public void Hypercalls_of_an_hvm_guest_are_exits_that_say_the_number()
    {
        byte[] trace = new TraceWriter().Window(0, w =>
        {
            w.Runstate(0, Guest, 0, 1, 0);
            for (uint i = 0; i < 4; i++)
                w.Record(0x81102, 100 + i, 18, 0x1000, 0).RecordWithoutTsc(0x82012, i < 3 ? 32u : 24u).Record(0x81001, 101 + i);
            w.Switch(200, Guest, Driver, 2).Hypercall(250, 32).Runstate(1000, Driver, 0, 0, 2);
        }).ToArray();
        RowSink rows = Read(trace);
        Assert.Equal([(0, 32, 1L), (5, 24, 1L), (5, 32, 3L)], rows.Of<TraceCallRow>().Where(c => c.Kind == "hypercall").Select(c => (c.Domid, c.Number!.Value, c.Records)).Order());
        Assert.Equal("event_channel_op", rows.Of<TraceCallRow>().First(c => c is { Kind: "hypercall", Number: 32 }).Name);
        var byDomain = rows.Of<DomainMetricsRow>().ToDictionary(d => d.Domid);
        Assert.Equal(3 / byDomain[5].WindowS!.Value, byDomain[5].EventChannelPerS!.Value, 1e-3);
        Assert.Equal(3 * byDomain[0].EventChannelPerS!.Value, byDomain[5].EventChannelPerS!.Value, 1e-3);
        Assert.Equal(4 * byDomain[0].EventChannelPerS!.Value, rows.Of<HostMetricsRow>().Single().EventChannelPerS!.Value, 1e-3);
    }

    [Fact]
    public void Event_channel_calls_of_an_hvm_guest_are_unknown_where_only_pv_hypercalls_were_traced()
    {
        byte[] trace = new TraceWriter().Window(0, w => w
            .Runstate(0, Guest, 0, 1, 0).Record(0x81102, 100, 18, 0x1000, 0).Switch(200, Guest, Driver, 2).Hypercall(250, 32).Hypercall(900, 1)).ToArray();
        var byDomain = Read(trace).Of<DomainMetricsRow>().ToDictionary(d => d.Domid);
        Assert.Null(byDomain[5].EventChannelPerS);
        Assert.Contains("HVM class", byDomain[5].EventChannelReason, StringComparison.Ordinal);
        Assert.NotNull(byDomain[0].EventChannelPerS);
    }

    [Fact]
    public void Exits_of_a_guests_own_guest_are_exits_and_those_of_amd_have_names_below_0x60_too()
    {
        byte[] trace = new TraceWriter().Window(0, w => w
            .Runstate(0, Guest, 0, 1, 0).Record(0x81103, 10, 0x4e, 1, 0).Record(0x81503, 20, 0x10, 1, 0).Record(0x81503, 30, 0x35, 1, 0).Record(0x81103, 40, 0x400, 1, 0).Record(0x81103, 50, 0x54, 1, 0)).ToArray();
        Assert.Equal(
            [(0x10, "CR0_WRITE"), (0x35, "DR5_WRITE"), (0x4e, "EXCEPTION_PF"), (0x54, null), (0x400, "NPF")],
            Read(trace).Of<TraceCallRow>().Where(c => c.Kind == "vm_exit").Select(c => (c.Number!.Value, c.Name)));
    }

    [Theory]
    [InlineData(0x84001, "HVM_EMUL_HPET_START_TIMER")]
    [InlineData(0x84011, "HVM_EMUL_LAPIC_PIC_INTR")]
    [InlineData(0x40f001, "SHADOW_NOT_SHADOW")]
    [InlineData(0x40f20f, "SHADOW_RESYNC_ONLY")]
    [InlineData(0x82126, "HVM_XCR_READ")]
    [InlineData(0x81503, "HVM_NESTED_VMEXIT_SVM")]
    public void Records_of_every_family_have_their_name(uint id, string name)
    {
        (RowSink rows, InputContext context) = TraceReading.Read(() => new MemoryStream(new TraceWriter().Window(0, w => w.Runstate(0, 1, 0, 1, 0).Record(id, 10, 1, 2)).ToArray()));
        Assert.Equal(name, rows.Of<TraceEventRow>().Single(e => e.EventId == id).Event);
        Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceUnknownEvent);
    }

    [Fact]
    public void Ids_that_were_given_again_have_the_name_of_their_version()
    {
        static string?[] Names(Action<TraceWriter> records, params uint[] ids)
        {
            RowSink rows = Read(new TraceWriter().Window(0, records).ToArray());
            return [.. ids.Select(id => rows.Of<TraceEventRow>().Single(e => e.EventId == id).Event)];
        }

        Assert.Equal(["HW_IRQ_MOVE_CLEANUP_DELAY", "CSCHED_SCHED_TASKLET"], Names(w => w.Record(0x802001, 1, 1, 2, 3).Record(0x22001, 2), 0x802001, 0x22001));
        Assert.Equal(["PM_IDLE_ENTRY", "PM_IDLE_EXIT"], Names(w => w.Record(0x802001, 1, 1, 2).Record(0x802002, 2, 1, 2), 0x802001, 0x802002));
        Assert.Equal(["PM_IDLE_ENTRY", "PM_IDLE_EXIT"], Names(w => w.Record(0x802001, 1, 1, 2, 3, 4).Record(0x802002, 2, 1, 2, 3, 4, 5, 6), 0x802001, 0x802002));
        Assert.Equal(["CSCHED2_CREDIT_BURN"], Names(w => w.Record(0x20f101, 1, 1, 2, 3).Record(0x22003, 2, 1, 2, 3), 0x22003));
        Assert.Equal(["HVM_VMEXIT", "HVM_PF_XEN"], Names(w => w.Record(0x2f00a, 1, 0, 0, 1, 0).Record(0x81003, 2, 1, 2, 3, 4).RecordWithoutTsc(0x82020, 1, 2, 3), 0x81003, 0x82020));
        Assert.Equal(["HVM_VMEXIT_SVM", "HVM_INTR_WINDOW"], Names(w => w.Record(0x2800a, 1, 0, 0, 1, 0).Record(0x81003, 2, 1, 2).RecordWithoutTsc(0x82020, 1, 2, 3), 0x81003, 0x82020));
    }

    [Fact]
    public void Before_xen_34_words_of_hvm_records_stand_behind_domain_and_vcpu()
    {
        byte[] trace = new TraceWriter().Window(0, w => w
            .Record(0x2f00f, 0, Guest, 0, 30_000_000)
            .Record(0x81002, 10, Guest, 12, 0x1000).Record(0x81003, 20, Guest, 18, 0x1000, 0).RecordWithoutTsc(0x82012, Guest, 32)
            .Record(0x2f00e, 100, Guest, 100)).ToArray();
        Assert.Equal(
            [("hypercall", 32, "event_channel_op"), ("vm_exit", 12, "HLT"), ("vm_exit", 18, "VMCALL")],
            Read(trace).Of<TraceCallRow>().Select(c => (c.Kind, c.Number!.Value, c.Name!)));
    }

    [Fact]
    public void Another_recording_in_the_same_file_is_found_and_marks_the_trace_lossy()
    {
        static void Recording(TraceWriter w)
        {
            for (uint i = 0; i < 1200; i++)
                w.Record(0x28004, 1_000_000 + 10_000_000UL * i, 1, 0);
        }

        (_, InputContext once) = TraceReading.Read(() => new MemoryStream(new TraceWriter().Window(0, Recording).ToArray()));
        Assert.DoesNotContain(once.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceRestarts);
        byte[] twice = new TraceWriter().Window(0, Recording).Window(0, Recording).ToArray();
        (_, InputContext context) = TraceReading.Read(() => new MemoryStream(twice));
        Finding restart = context.Findings.ToList().Single(f => f.Kind == DiagnosticCatalogue.TraceRestarts);
        Assert.Equal((1, twice.Length / 2 + 12), (restart.Count, restart.FirstOffset));
        Assert.Equal((1200, twice.Length / 2 + 12, twice.Length / 2 - 12), (context.Bytes.Records, context.Bytes.Parsed, context.Bytes.Skipped));
    }

    [Fact]
    public void Single_records_with_an_old_time_are_no_other_recording()
    {
        byte[] trace = new TraceWriter().Window(0, w =>
        {
            for (uint i = 0; i < 3000; i++)
                w.Record(0x28004, 1_000_000 + 10 * i, 1, 0).Record(0x28004, 999_999 + 10 * i, 1, 0);
        }).ToArray();
        (_, InputContext context) = TraceReading.Read(() => new MemoryStream(trace));
        Assert.Equal(3000, context.Findings.ToList().Where(f => f.Kind == DiagnosticCatalogue.TraceBackwardTsc).Sum(f => f.Count));
        Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceRestarts);
    }

    private static RowSink Read(byte[] trace) => TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed(tscHz: 1e9)).Rows;
}
