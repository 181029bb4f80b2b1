using System.Globalization;
using System.Text.Json.Nodes;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Ingest.Xenmon;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Tests.Cli;
using CsCheck;

namespace Colocate.Tests.Ingest.Xenmon;

public sealed class XenmonMetricsTests
{
    private const string Header = "# passed cpu dom cpu(tot) cpu(%) cpu/ex allocated/ex blocked(tot) blocked(%) blocked/io waited(tot) waited(%) waited/ex ex/s io(tot) io/ex\n";

    private static readonly string[] s_separators = [" ", "   ", "\t", ",", ";", ", "];

    private static readonly Gen<string> s_separator = Gen.Int[0, s_separators.Length - 1].Select(i => s_separators[i]);

    private static readonly RunManifest s_run = Reading.Run() with { Trace = null, Xentop = null, Host = new HostSpec { Pcpus = 2, Hypervisor = "Xen 3.4.2" } };

    /// <summary>Two intervals, of 1 s and of 3 s: 35 % and then nothing written, which is 0 %. Flips of a guest are repeated for each pcpu.</summary>
    [Fact]
    public void A_missing_row_is_no_cpu_time_and_intervals_weigh_by_their_length()
    {
        RowSink rows = Read(s_run, Header + Row(1000, 0, 1, 25, 60, 15, 5000, 300) + Row(1000, 1, 1, 10, 30, 5, 2000, 300), Header + Row(1000, 0, 0, 10, 0, 0, 100, 300) + Row(4000, 0, 0, 20, 50, 8, 100, 20) + Row(4000, 1, 0, 20, 50, 8, 300, 20));
        DomainMetricsRow vm1 = rows.Of<DomainMetricsRow>().Single(d => d.Domain == "vm1"), dom0 = rows.Of<DomainMetricsRow>().Single(d => d.Domain == "Domain-0");
        Assert.Equal(("C", "xenmon", 4.0), (vm1.Method, vm1.CpuSource, vm1.WindowS!.Value));
        Assert.Equal(0.35 / 4, vm1.CpuFraction!.Value, 12);
        Assert.Equal(0.20 / 4, vm1.WaitFraction!.Value, 12);
        Assert.Null(vm1.BlockFraction);
        Assert.Equal(7000.0 / 4, vm1.ExecutionsPerS!.Value, 9);
        Assert.Equal(300.0 / 4, vm1.PagesPerS!.Value, 9);
        Assert.Equal(300.0 / 7000, vm1.PagesPerExecution!.Value, 12);
        Assert.Equal((0.10 + (0.40 * 3)) / 4, dom0.CpuFraction!.Value, 12);
        Assert.Equal((300 + (40.0 * 3)) / 4, dom0.PagesPerS!.Value, 9);
        HostMetricsRow host = Assert.Single(rows.Of<HostMetricsRow>());
        Assert.Equal((vm1.CpuFraction + dom0.CpuFraction) / 2, host.CpuFraction);
        Assert.Equal(
            [(0, 0.0, 1.0, 0.225, 7100.0, 300.0), (1, 1.0, 3.0, 0.40 / 2, 400.0, 40.0)],
            rows.Of<HostIntervalRow>().Select(i => (i.IntervalIndex, i.StartS, i.WindowS, Math.Round(i.CpuFraction!.Value, 12), i.ExecutionsPerS!.Value, i.PagesPerS!.Value)));
        Assert.Equal([(0, 0.0, 1.0), (1, 1.0, 3.0)], rows.Of<DomainIntervalRow>().Where(i => i.Domain == "vm1").Select(i => (i.IntervalIndex, i.StartS, i.WindowS)));
    }

    /// <summary>Nothing but the logs themselves: two domains and idle on two pcpus, as <c>xenmon.py -n</c> leaves them.</summary>
    [Fact]
    public async Task Logs_without_a_manifest_give_every_domain_its_metrics_under_the_name_that_traces_give_it()
    {
        using var folder = new TemporaryFolder();
        string logs = Directory.CreateDirectory(folder.File("logs")).FullName;
        foreach ((string file, int domid, double cpu, double pages) in new[] { ("log-dom0", 0, 25.0, 150.0), ("log-dom1", 1, 10.0, 300.0), ("log-idle", -1, 65.0, 0.0) })
        {
            await File.WriteAllTextAsync(
                Path.Combine(logs, file + ".log"), Header + Row(1000, 0, domid, cpu, 0, 0, 100, pages) + Row(1000, 1, domid, cpu, 0, 0, 100, pages), TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, (await CommandLine.RunAsync("ingest", logs, "--lake", folder.File("lake"))).Code);
        IReadOnlyList<JsonObject> metrics = (await CommandLine.RunAsync("metrics", "--lake", folder.File("lake"), "--format", "json")).Json;
        Assert.Equal(
            [("dom0", 0.5, 200.0, 300.0, 1.5), ("dom1", 0.2, 200.0, 300.0, 1.5), ("host", 0.35, 400.0, 300.0, 1.5)],
            metrics.Select(m => ((string)m["domain"]!, Math.Round((double)m["cpu_fraction"]!, 9), (double)m["executions_per_s"]!, (double)m["pages_per_s"]!, (double)m["pages_per_execution"]!)));
    }

    /// <summary>Half of what was recorded is left out: that is no whole file.</summary>
    [Fact]
    public async Task A_file_of_two_joined_logs_is_lossy()
    {
        using var folder = new TemporaryFolder();
        string log = folder.File("log-dom1.log");
        await File.WriteAllTextAsync(log, Header + Row(5000, 0, 1, 25, 0, 0, 100, 3) + Header + Row(1000, 0, 1, 15, 0, 0, 100, 3), TestContext.Current.CancellationToken);
        CommandLine.Outcome ingest = await CommandLine.RunAsync("ingest", log, "--lake", folder.File("lake"));
        Assert.Equal((3, 1), (ingest.Code, (int)ingest.Json[0]["lossy"]!));
        Assert.Contains("XM-NONMONO", ingest.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void On_one_pcpu_the_blocked_share_is_known() =>
        Assert.Equal(0.6, Read(s_run, Header + Row(1000, 0, 1, 25, 60, 15, 5000, 300)).Of<DomainMetricsRow>().Single(d => d.Domain == "vm1").BlockFraction!.Value, 12);

    [Theory]
    [InlineData("Xen 4.7.1", 0.15, "")]
    [InlineData("Xen 4.8", null, "XM-48LAYOUT")]
    [InlineData("Xen 4.17.7", null, "XM-48LAYOUT")]
    [InlineData(null, 0.15, "")]
    public void Since_4_8_waiting_is_unknown(string? xen, double? waiting, string codes)
    {
        Reading reading = Reading.Of(new XenmonFormat(), Header + Row(1000, 0, 1, 25, 60, 15, 5000, 300), s_run with { Host = new HostSpec { Pcpus = 1, Hypervisor = xen } });
        Assert.Equal(waiting, Assert.Single(reading.Rows.Of<XenmonSampleRow>()).WaitFraction);
        Assert.Equal(codes, string.Join(' ', reading.Codes));
    }

    [Fact]
    public void A_trace_counts_more_than_the_logs()
    {
        var rows = new RowSink();
        rows.Add(new DomainMetricsRow { Domain = "vm1", CpuFraction = 0.5, CpuSource = "trace", Method = "M" });
        rows.Add(Reading.Of(new XenmonFormat(), Header + Row(1000, 0, 1, 25, 60, 15, 5000, 300)).Rows);
        XenmonMetrics.Complete(s_run, rows);
        Assert.Equal("M", Assert.Single(rows.Of<DomainMetricsRow>()).Method);
        Assert.Equal(0.25, XenmonMetrics.MeanCpu(s_run, rows)["vm1"], 12);
    }

    /// <summary>Whatever the separator, a row's figures come back; they have the three decimals of the log.</summary>
    [Fact]
    public void Blanks_tabs_commas_and_semicolons_separate_alike() =>
        Gen.Select(Gen.Int[0, 4095], Gen.Int[-1, 32767], Gen.Int[0, 400_000].Select(n => n / 1000.0), Gen.Int[0, 1_000_000_000].Select(n => n / 1000.0), s_separator).Sample((pcpu, domid, cpu, executions, separator) =>
        {
            string row = Row(1000, pcpu, domid, cpu, 1, 2, executions, 3).Replace(" ", separator, StringComparison.Ordinal);
            XenmonSampleRow sample = Assert.Single(Reading.Of(new XenmonFormat(), Header + row).Rows.Of<XenmonSampleRow>());
            Assert.Equal((pcpu, domid), (sample.Pcpu, sample.Domid));
            Assert.Equal(cpu / 100, sample.CpuFraction, 1e-12);
            Assert.Equal(executions, sample.ExecutionsPerS, 1e-9);
        });

    private static RowSink Read(RunManifest run, params string[] logs)
    {
        var rows = new RowSink();
        foreach (string log in logs)
            rows.Add(Reading.Of(new XenmonFormat(), log, run).Rows);
        XenmonMetrics.Complete(run, rows);
        return rows;
    }

    private static string Row(double ms, int pcpu, int domid, double cpu, double blocked, double waited, double executions, double pages) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ms:F3} {pcpu} {domid} {cpu * 1e7:F3} {cpu:F3} 50000.000 30000000.000 {blocked * 1e7:F3} {blocked:F3} 0.000 {waited * 1e7:F3} {waited:F3} 30000.000 {executions:F3} {pages:F3} 0.000\n");
}
