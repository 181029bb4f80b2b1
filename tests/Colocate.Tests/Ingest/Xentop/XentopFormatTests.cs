using System.Globalization;
using System.Text;
using Colocate.Ingest.Xentop;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using CsCheck;

namespace Colocate.Tests.Ingest.Xentop;

public sealed class XentopFormatTests
{
    private const string Header =
        "      NAME  STATE   CPU(sec) CPU(%)     MEM(k) MEM(%)  MAXMEM(k) MAXMEM(%) VCPUS NETS NETTX(k) NETRX(k) VBDS   VBD_OO   VBD_RD   VBD_WR SSID\n";

    private static readonly Gen<string> s_name =
        Gen.Char["ab12- (é."].Array[1, 14].Select(c => new string(c).Trim()).Where(n => n.Length > 0);

    private static readonly Gen<string> s_state =
        Gen.Select(Gen.Bool.Array[6], set => string.Concat("dsbcpr".Select((letter, i) => set[i] ? letter : '-')));

    /// <summary>A line is read from its right end, so no name and no value that bursts its column can shift another.</summary>
    [Fact]
    public void Name_state_and_values_come_back_whatever_they_are() =>
        Gen.Select(s_name, s_state, Gen.Long[0, 1L << 50].Array[8], Gen.Bool).Sample((name, state, v, hasDevices) =>
        {
            string vbd = hasDevices ? $"{v[6]} {v[7]}" : "- -";
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"{name,10} {state,6} {v[0],10} {"0.0",6} {v[1],10} {"4.2",6} {"no limit",10} {"n/a",9} {v[2] % 512,5} {v[3] % 9,4} {v[4],8} {v[5],8} {1,4} {"-",8} {vbd} {0,4}\n");
            XentopSampleRow row = Assert.Single(Rows(Header + line));
            Assert.Equal((name, state, v[0], v[1]), (row.Domain, row.State, (long)row.CpuS!, (long)row.MemoryKib!));
            Assert.Equal((v[2] % 512, v[3] % 9, v[4], v[5]), ((long)row.Vcpus!, (long)row.Nets!, (long)row.NetTxKib!, (long)row.NetRxKib!));
            Assert.Equal(hasDevices ? (v[6], v[7]) : (null, null), ((long?, long?))(row.VbdRead, row.VbdWrite));
        });

    [Fact]
    public void Rows_of_every_kind_are_kept_up_to_a_bound_and_the_rest_is_accounted_for_as_left_out()
    {
        string log = Header + Line("a") + "VCPUs(sec):   0:         10s  1:         20s\n" + Line("b") + "VCPUs(sec):   0:         10s  1:         20s\n" + Header + Line("a");
        Reading reading = Reading.Of(new XentopFormat { MaxRows = 5 }, log);
        Assert.Equal(2, reading.Rows.Of<XentopSampleRow>().Count());
        Assert.Equal(4, reading.Rows.Of<XentopVcpuRow>().Count());
        Assert.Equal(["XP-LONG"], reading.Codes.Where(c => c != "XP-NOWINDOW"));
        Assert.Equal(Line("a").Length, reading.Context.Bytes.Skipped);
        Assert.Equal(log.Length, reading.Context.Bytes.Total);
    }

    [Fact]
    public void A_log_in_which_no_domain_can_be_read_is_set_aside()
    {
        string log = Header + Line("a").Replace('.', ',') + Header + Line("b").Replace('.', ',');
        Reading reading = Reading.Of(new XentopFormat(), log);
        Assert.Equal(["XP-COLS", "XP-NOROWS"], reading.Codes.Order());
        Assert.Equal((log.Length, 0L), (reading.Context.Bytes.SetAside, reading.Context.Bytes.Parsed));
        Assert.Equal(["XP-NOROWS"], Reading.Of(new XentopFormat(), Header).Codes);
    }

    [Fact]
    public void What_xentop_says_where_it_cannot_tell_the_usage_of_pcpus_is_no_fault() =>
        Assert.DoesNotContain("XP-COLS", Reading.Of(new XentopFormat(), Header + Line("a") + "\nNo PCPU data available\n").Codes);

    [Fact]
    public void Iterations_begin_with_a_header_when_domains_come_and_go() => Assert.Equal(
        ["a0", "b0", "a1", "c2", "d2", "a3"],
        Names(Header + Line("a") + Line("b") + Header + Line("a") + Header + Line("c") + Line("d") + Header + Line("a")));

    [Fact]
    public void With_a_header_before_every_domain_iterations_begin_with_a_name_seen_before()
    {
        string Pass(params string[] names) => string.Concat(names.Select(n => Header + Line(n)));
        Assert.Equal(["a0", "b0", "c0", "a1", "c1", "a2", "b2", "c2"], Names(Pass("a", "b", "c") + Pass("a", "c") + Pass("a", "b", "c")));
    }

    [Fact]
    public void One_domain_is_one_iteration_a_header() => Assert.Equal(["a0", "a1", "a2"], Names(string.Concat(Enumerable.Repeat(Header + Line("a"), 3))));

    [Fact]
    public void Percentages_are_known_from_the_second_line_of_a_domain_on()
    {
        string log = Header + Line("a", 10, 50) + Line("b", 10, 50)
            + Header + Line("a", 11, 51)
            + Header + Line("a", 3, 52) + Line("b", 10, 50)
            + Header + Line("a", 4, 250) + Line("b", 10, 1e15);
        Assert.Equal([("a", null), ("b", null), ("a", 0.51), ("a", null), ("b", null), ("a", null), ("b", null)], Rows(log).Select(r => (r.Domain, r.CpuFraction)));
        Assert.Equal([("XP-WRAP", 2L)], Reading.Of(new XentopFormat(), log).Findings.Select(f => (f.Kind.Code, f.Count)));
    }

    /// <summary>
    /// A saturated pcpu shared by two domains for 20 intervals of 1.5 s: CPU(sec) gains 30 s while the fractions add up to 20. With one
    /// standard error of two truncated counters the interval is taken as (30 + sqrt(2/6)) / 20 = 1.529 s, so of the 17 s from the start of
    /// xentop to the end of the load it fills 11.
    /// </summary>
    [Fact]
    public void A_busy_host_stretches_the_interval_and_the_load_window_ends_earlier()
    {
        Assert.Equal(Enumerable.Range(1, 11), InWindow(Saturated(secondsPerInterval: 1.5)));
        Assert.Equal(Enumerable.Range(1, 16), InWindow(Saturated(secondsPerInterval: 1)));
    }

    [Fact]
    public void An_idle_host_says_nothing_about_the_interval_and_the_nominal_one_holds()
    {
        string log = string.Concat(Enumerable.Range(0, 21).Select(i => Header + Line("a", i / 15, 4.9) + Line("b", 0, 0.1)));
        Assert.Equal(Enumerable.Range(1, 17), InWindow(log));
    }

    [Fact]
    public void Time_is_index_times_nominal_interval_whatever_the_load()
    {
        RunManifest run = Reading.Run() with { Xentop = null };
        Assert.Equal([0.0, 3, 6], Reading.Of(new XentopFormat(), string.Concat(Enumerable.Repeat(Header + Line("a"), 3)), run).Rows.Of<XentopSampleRow>().Select(r => r.TimeS));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_the_load_or_the_start_of_xentop_no_iteration_is_inside(bool hasTrace)
    {
        RunManifest run = hasTrace ? Reading.Run() with { LoadS = null } : Reading.Run() with { Trace = null };
        var reading = Reading.Of(new XentopFormat(), Saturated(1), run);
        Assert.DoesNotContain(reading.Rows.Of<XentopSampleRow>(), r => r.InLoadWindow);
        Assert.Equal(["XP-NOWINDOW"], reading.Codes);
    }

    [Theory]
    [InlineData("xentop - 13:17:05   Xen 4.17.7")]
    [InlineData("3 domains: 1 running, 2 blocked, 0 paused, 0 crashed, 0 dying, 0 shutdown ")]
    [InlineData("Mem: 4712328k total, 3100000k used, 1612328k free    CPUs: 1 @ 2596MHz")]
    [InlineData("Tmem:  Curr eph pages:        0   Succ eph gets:        0")]
    [InlineData("Net0 RX:      840bytes       10pkts        0err        0drop  TX:      840bytes       10pkts        0err        0drop")]
    [InlineData("VBD BlkBack 51712 [ca: 0]  OO:        0   RD:        0   WR:        0   RSECT:          0   WSECT:          0")]
    [InlineData("VCPUs(sec):   0:       2500s  1:       2500s")]
    [InlineData("         10:         12s")]
    [InlineData("Sun 22 Nov 2026 01:17:05 PM CET")]
    [InlineData("2026-11-22")]
    [InlineData("1795353427.123")]
    public void Details_summaries_and_times_are_read_past(string line)
    {
        var reading = Reading.Of(new XentopFormat(), Header + Line("a") + line + "\n" + Header + Line("a"));
        Assert.Equal((0, 5), (reading.Context.Bytes.Skipped, reading.Context.Bytes.Records));
        Assert.Equal(["a0", "a1"], reading.Rows.Of<XentopSampleRow>().Select(r => r.Domain + r.SampleIndex));
    }

    /// <summary>Without -b xentop draws: where a line stands and what belongs to it is said by escape sequences.</summary>
    [Fact]
    public void Lines_with_escape_sequences_are_skipped_and_told()
    {
        var reading = Reading.Of(new XentopFormat(), "\u001b[2Jxentop - 13:17:30   Xen 4.17\n" + Header + Line("a") + "\u001b[3;1H" + Line("b"));
        Assert.Equal([("XP-CURSES", 2L, 1L)], reading.Findings.Where(f => f.Kind.Code != "XP-NOWINDOW").Select(f => (f.Kind.Code, f.Count, f.FirstOffset!.Value)));
        Assert.Equal(["a"], reading.Rows.Of<XentopSampleRow>().Select(r => r.Domain));
    }

    /// <summary>Stamps above or below their iterations, in any locale, over midnight; where one lacks, the nominal interval (1 s) goes on.</summary>
    [Theory]
    [InlineData("Sun Nov 22 23:59:58 UTC 2026", "Mon Nov 23 00:00:01 UTC 2026", null, "Mon Nov 23 00:00:06 UTC 2026", new[] { 0.0, 3, 4, 8 })]
    [InlineData("2026-11-22T13:17:30+00:00", "2026-11-22T13:17:31+00:00", "2026-11-22T13:17:32+00:00", null, new[] { 0.0, 1, 2, 3 })]
    [InlineData("So 22. Nov 11:59:59 AM CET 2026", "So 22. Nov 12:00:01 PM CET 2026", "So 22. Nov 01:00:00 PM CET 2026", null, new[] { 0.0, 2, 3601, 3602 })]
    [InlineData("1795353427.5", "1795353430.25", null, null, new[] { 0.0, 2.75, 3.75, 4.75 })]
    [InlineData("xentop - 13:17:30   Xen 4.17.7", "xentop - 13:17:32   Xen 4.17.7", null, null, new[] { 0.0, 2, 3, 4 })]
    [InlineData("Sun Nov 22 13:17:30 UTC 2026", "Sun Nov 22 13:17:20 UTC 2026", null, null, new[] { 0.0, 1, 2, 3 })]
    public void Lines_of_date_tell_the_time(string first, string second, string? third, string? fourth, double[] expected)
    {
        foreach (bool above in (bool[])[true, false])
        {
            string log = string.Concat(new[] { first, second, third, fourth }.Select(d => (d is null ? "" : d + "\n", Header + Line("a"))).Select(i => above ? i.Item1 + i.Item2 : i.Item2 + i.Item1));
            Assert.Equal(expected, Rows(log).Select(r => Math.Round(r.TimeS, 6)));
        }
    }

    /// <summary>The load ends 17 s after xentop began: times are cut to seconds, so that the iteration at 16 s is the last one that is surely inside.</summary>
    [Fact]
    public void Lines_of_date_tell_which_iterations_are_inside_the_load()
    {
        string log = string.Concat(Enumerable.Range(0, 15).Select(i => string.Create(CultureInfo.InvariantCulture, $"Sun Nov 22 13:17:{i * 2:00} UTC 2026\n") + Header + Line("a")));
        Assert.Equal(Enumerable.Range(1, 8), InWindow(log));
    }

    [Fact]
    public void Domains_that_show_the_same_name_are_numbered()
    {
        string vcpu = "VCPUs(sec):   0:       2500s\n";
        string pass = Header + Line("very-long-") + vcpu + Line("a") + vcpu + Line("very-long-") + vcpu;
        Reading reading = Reading.Of(new XentopFormat(), pass + pass);
        (string, int, int)[] expected = [.. from i in (int[])[0, 1] from d in ((string, int)[])[("very-long-", 0), ("a", 0), ("very-long-", 1)] select (d.Item1, i, d.Item2)];
        Assert.Equal(expected, reading.Rows.Of<XentopSampleRow>().Select(r => (r.Domain, r.SampleIndex, r.Occurrence)));
        Assert.Equal(expected, reading.Rows.Of<XentopVcpuRow>().Select(r => (r.Domain, r.SampleIndex, r.Occurrence)));
    }

    /// <summary>xentop runs in Domain-0: no iteration but a recording's first one shows it without CPU.</summary>
    [Fact]
    public void The_first_percentages_of_a_second_recording_in_the_file_are_unknown()
    {
        string Pass(double driver, double guest) => Header + Line("Domain-0", 10, driver) + Line("a", 10, guest) + "|   0   |  0.0% |\n";
        Reading reading = Reading.Of(new XentopFormat(), Pass(0, 0) + Pass(5, 0) + Pass(0, 0) + Pass(5, 10));
        Assert.Equal([null, null, 0.05, 0, null, null, 0.05, 0.1], reading.Rows.Of<XentopSampleRow>().Select(r => r.CpuFraction));
        Assert.Equal([null, 0, null, 0], reading.Rows.Of<XentopPcpuRow>().Select(r => r.BusyFraction));
        Assert.Equal([("XP-RESTART", 1L, 10L)], reading.Findings.Select(f => (f.Kind.Code, f.Count, f.FirstOffset!.Value)));
        Assert.Equal([null, 0.0], Reading.Of(new XentopFormat(), Header + Line("a") + Header + Line("a")).Rows.Of<XentopSampleRow>().Select(r => r.CpuFraction));
    }

    private static string Saturated(double secondsPerInterval)
    {
        var log = new StringBuilder();
        for (int i = 0; i <= 20; i++)
        {
            int cpuS = (int)(i * secondsPerInterval / 2);
            log.Append(Header).Append(Line("a", cpuS, 50)).Append(Line("b", (int)(i * secondsPerInterval) - cpuS, 50));
        }

        return log.ToString();
    }

    private static string Line(string name, int cpuS = 0, double percent = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,10} --b--- {cpuS,10} {percent,6:F1}     196608    4.2     197632       4.2     1    1        0        0    0        0        0        0    0\n");

    private static IEnumerable<XentopSampleRow> Rows(string log) => Reading.Of(new XentopFormat(), log).Rows.Of<XentopSampleRow>();

    private static IEnumerable<string> Names(string log) => Rows(log).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Domain}{r.SampleIndex}"));

    private static IEnumerable<int> InWindow(string log) => Rows(log).Where(r => r.InLoadWindow).Select(r => r.SampleIndex).Distinct();
}
