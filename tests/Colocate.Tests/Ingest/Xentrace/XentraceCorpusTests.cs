namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>The trace files of the corpus are small enough to be written here, record by record; the files must be these bytes.</summary>
public sealed class XentraceCorpusTests
{
    /// <summary>Whoever runs the tests may name the corpus folder here, to write the files anew.</summary>
    private const string WriteCorpusTo = "COLOCATE_WRITE_CORPUS";

    /// <summary>A millisecond at 2.4 GHz.</summary>
    private const ulong Ms = 2_400_000;
    private const uint Running = 0, Runnable = 1, Blocked = 2;

    private static readonly Dictionary<string, Func<byte[]>> s_files = new()
    {
        ["good/xentrace/driver-domain-copies-for-a-guest-that-waits.bin"] = DriverCopiesForGuest,
        ["good/xentrace/a-vcpu-moves-between-two-pcpus.bin"] = VcpuMoves,
        ["good/xentrace/xen-3.4-with-page-flips.bin"] = PageFlips,
        ["good/xentrace/records-without-time-take-that-of-the-record-before.bin"] = RecordsWithoutTime,
        ["bad/xentrace/lost-records-on-one-of-two-pcpus.bin"] = LostRecords,
        ["bad/xentrace/ends-in-the-middle-of-a-record.bin"] = () => DriverCopiesForGuest()[..^10],
        ["bad/xentrace/garbage-between-two-windows.bin"] = Garbage,
        ["bad/xentrace/a-window-inside-a-window.bin"] = NestedWindow,
        ["bad/xentrace/three-corrupt-records-in-a-row.bin"] = CorruptRecords,
        ["bad/xentrace/a-record-crosses-the-end-of-its-window.bin"] = CrossingRecord,
        ["bad/xentrace/the-clock-of-a-pcpu-steps-back.bin"] = ClockStepsBack,
        ["bad/xentrace/no-scheduler-records.bin"] = () => new TraceWriter().Window(0, w => w.Record(0x10f001, Ms, 1).Hypercall(2 * Ms, 32)).ToArray(),
        ["bad/xentrace/two-vcpus-run-on-one-pcpu.bin"] = TwoRunning,
        ["bad/xentrace/big-endian.bin"] = () => new TraceWriter().Bytes(0x20, 0x01, 0xf0, 0x03, 0, 0, 0, 0, 0, 0, 0, 12).ToArray(),
    };

    public static TheoryData<string> Files => [.. s_files.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_file_is_what_its_name_says(string name)
    {
        byte[] bytes = s_files[name]();
        if (Environment.GetEnvironmentVariable(WriteCorpusTo) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
        else
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", name)), bytes);
        }
    }

    /// <summary>One pcpu for 1.2 s. Domain-0 runs 2 of every 10 ms and copies three pages, the guest is woken, waits 1 ms and runs 6 ms, then idle.</summary>
    private static byte[] DriverCopiesForGuest()
    {
        var trace = new TraceWriter();
        for (uint window = 0; window < 3; window++)
        {
            uint first = window * 40;
            trace.Window(0, w =>
            {
                for (uint i = first; i < first + 40; i++)
                    Period(w, Ms + i * 10 * Ms);
            });
        }

        return trace.ToArray();

        static void Period(TraceWriter w, ulong t)
        {
            w.Runstate(t, 0, 0, Blocked, Runnable).Switch(t, TraceWriter.Idle, 0, Runnable);
            w.Record(0x28004, t + Ms / 2, 1, 0).Runstate(t + Ms, 1, 0, Blocked, Runnable);
            w.GrantCopy(t + Ms, 3).Hypercall(t + Ms, 32).Record(0x10f001, t + Ms, 1);
            w.Switch(t + 2 * Ms, 0, 1, Blocked, ranNs: 2_000_000);
            w.Hypercall(t + 3 * Ms, 32).Record(0x21002, t + 4 * Ms, 1 << 16);
            w.Switch(t + 8 * Ms, 1, TraceWriter.Idle, Blocked, ranNs: 6_000_000);
        }
    }

    /// <summary>pcpu 1 runs the guest's vcpu in the first half, pcpu 0 in the second; what pcpu 0 logged meanwhile stands before it in the file.</summary>
    private static byte[] VcpuMoves() => new TraceWriter()
        .Window(0, w => w.Record(0x21002, 10 * Ms, TraceWriter.Idle << 16))
        .Window(1, w => w.Runstate(12 * Ms, 1, 0, Blocked, Runnable).Runstate(12 * Ms, TraceWriter.Idle, 1, Running, Runnable).Runstate(12 * Ms, 1, 0, Runnable, Running))
        .Window(0, w => w.Record(0x21002, 20 * Ms, TraceWriter.Idle << 16))
        .Window(1, w => w.Runstate(50 * Ms, 1, 0, Running, Runnable).Runstate(50 * Ms, TraceWriter.Idle, 1, Runnable, Running))
        .Window(0, w => w.Runstate(51 * Ms, TraceWriter.Idle, 0, Running, Runnable).Runstate(51 * Ms, 1, 0, Runnable, Running).Runstate(90 * Ms, 1, 0, Running, Blocked).Runstate(90 * Ms, TraceWriter.Idle, 0, Runnable, Running))
        .Window(1, w => w.Record(0x21002, 91 * Ms, TraceWriter.Idle << 16 | 1))
        .ToArray();

    /// <summary>Layouts of Xen 3.4: switch records without vcpu, hypercalls without arguments, pages flipped to the guest.</summary>
    private static byte[] PageFlips() => new TraceWriter().Window(0, w =>
    {
        w.Runstate(Ms, TraceWriter.Idle, 0, Running, Runnable).Runstate(Ms, 0, 0, Runnable, Running);
        w.Record(0x20f001, 2 * Ms, 0xc0101, 20).Record(0x10f003, 2 * Ms, 1).Record(0x10f003, 3 * Ms, 1).Record(0x20f101, 3 * Ms, 0xc0101, 0, 32);
        w.Record(0x2800e, 4 * Ms, 0, 3_000_000).Record(0x2800f, 4 * Ms, 1, 1_000_000, 30_000_000).Record(0x2800a, 4 * Ms, 0, 0, 1, 0);
        w.Runstate(4 * Ms, 0, 0, Running, Blocked).Runstate(4 * Ms, 1, 0, Runnable, Running).Runstate(9 * Ms, 1, 0, Running, Blocked);
    }).ToArray();

    private static byte[] RecordsWithoutTime() => new TraceWriter().Window(0, w =>
    {
        w.Runstate(Ms, 1, 0, Runnable, Running).Record(0x81001, 2 * Ms);
        w.Record(0x81102, 3 * Ms, 10, 0xc0101, 0).RecordWithoutTsc(0x8200e, 1, 0, 0, 0, 0, 0).Record(0x81001, 4 * Ms);
        w.RecordWithoutTsc(0x1f002, 0xdead, 0xbeef).Runstate(5 * Ms, 1, 0, Running, Blocked);
    }).ToArray();

    /// <summary>pcpu 1 loses 1337 records between 20 and 30 ms; the guest on pcpu 0 goes on unharmed.</summary>
    private static byte[] LostRecords() => new TraceWriter()
        .Window(0, w => w.Runstate(10 * Ms, 1, 0, Runnable, Running))
        .Window(1, w => w.Runstate(10 * Ms, 2, 0, Blocked, Runnable).Runstate(11 * Ms, 2, 0, Runnable, Running).Record(0x1f001, 30 * Ms, 1337, 3, (uint)(20 * Ms), 0))
        .Window(0, w => w.Runstate(40 * Ms, 1, 0, Running, Blocked))
        .Window(1, w => w.Runstate(35 * Ms, 3, 0, Running, Blocked).Runstate(36 * Ms, 2, 0, Runnable, Running).Runstate(41 * Ms, 2, 0, Running, Blocked))
        .ToArray();

    private static byte[] Garbage() => new TraceWriter()
        .Window(0, w => w.Runstate(Ms, 1, 0, Runnable, Running))
        .Words(0x11111111, 0x22222222, 0x2001f003, 0xffffffff, 4)
        .Window(0, w => w.Runstate(5 * Ms, 1, 0, Running, Blocked))
        .ToArray();

    private static byte[] NestedWindow() => new TraceWriter()
        .Window(0, w => w.Runstate(Ms, 1, 0, Runnable, Running).Window(0, inner => inner.Runstate(2 * Ms, 1, 0, Running, Blocked)))
        .Window(0, w => w.Runstate(5 * Ms, 1, 0, Running, Blocked))
        .ToArray();

    private static byte[] CorruptRecords() => new TraceWriter()
        .Window(0, w => w.Runstate(Ms, 1, 0, Runnable, Running).Words(0, 0, 0, 0x10000000, 0x2001f003))
        .Window(0, w => w.Runstate(5 * Ms, 1, 0, Running, Blocked))
        .ToArray();

    private static byte[] CrossingRecord() => new TraceWriter()
        .Window(0, w => w.Runstate(Ms, 1, 0, Runnable, Running).Words(0xf0081102, 1))
        .Window(0, w => w.Runstate(5 * Ms, 1, 0, Running, Blocked))
        .ToArray();

    private static byte[] ClockStepsBack() => new TraceWriter()
        .Window(0, w => w.Runstate(5 * Ms, 1, 0, Runnable, Running).Runstate(4 * Ms, 1, 0, Running, Blocked).Runstate(7 * Ms, 1, 0, Blocked, Runnable))
        .ToArray();

    private static byte[] TwoRunning() => new TraceWriter()
        .Window(0, w => w.Runstate(Ms, 1, 0, Runnable, Running).Runstate(2 * Ms, 2, 0, Runnable, Running).Runstate(3 * Ms, 2, 0, Runnable, Blocked))
        .ToArray();
}
