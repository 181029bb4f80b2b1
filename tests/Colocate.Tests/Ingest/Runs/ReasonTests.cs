using Colocate.Model.Metrics;
using Colocate.Model.Tables;
using Colocate.Tests.Cli;
using CsCheck;

namespace Colocate.Tests.Ingest.Runs;

/// <summary>Whatever rows of metrics are made of: a figure that is unknown has a reason beside it, and a reason stands only beside such a figure.</summary>
public sealed class ReasonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_figure_of_the_metric_tables_that_may_be_null_has_a_column_of_reasons()
    {
        foreach (Table table in (Table[])[Table.Of<DomainMetricsRow>(), Table.Of<HostMetricsRow>(), Table.Of<DomainIntervalRow>(), Table.Of<HostIntervalRow>()])
            Assert.All(table.Columns.Where(c => c.IsNullable && c.Name is not "method_reason" and not "pages_reason" and not "event_channel_reason"), c => Assert.True(c.ReasonColumn is not null, c.Name));
    }

    /// <summary>Every trace and log of the corpus, good and bad, each by itself: all layouts, with and without run states, frequency, grants and hypercalls.</summary>
    [Theory]
    [InlineData("m")]
    [InlineData("c")]
    public async Task Rows_of_all_kinds_of_files_have_reasons(string method)
    {
        string lake = _folder.File("lake");
        string[] files = [.. CorpusFile.All.Where(f => f.Name.Contains("/xen", StringComparison.Ordinal) || f.Name.Contains("/httperf", StringComparison.Ordinal)).Select(f => f.Path)];
        Assert.Equal(3, (await CommandLine.RunAsync(["ingest", .. files, "--lake", lake, "--method", method])).Code);
        using (Colocate.Model.Lake.Lake all = Colocate.Model.Lake.Lake.Open(lake))
        {
            IReadOnlyList<DomainMetricsRow> rows = await all.ReadAsync<DomainMetricsRow>();
            Assert.Contains(rows, r => r is { CpuSource: "trace" });
            Assert.Contains(rows, r => r is { CpuSource: "xenmon" });
        }

        await AssertAllAsync(lake);
    }

    [Fact]
    public async Task Rows_of_runs_without_a_trace_and_of_published_tables_have_reasons()
    {
        using var lab = new LabCopy("base-1-r1", "base-1-r3", "pair-1-1-r2");
        File.Delete(lab.File("pair-1-1-r2", "xentop.txt"));
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        using (Colocate.Model.Lake.Lake all = Colocate.Model.Lake.Lake.Open(lab.Lake))
        {
            IReadOnlyList<DomainMetricsRow> rows = await all.ReadAsync<DomainMetricsRow>();
            Assert.Contains(rows, r => r is { Run: "base-1-r1", CpuSource: "trace" });
            Assert.Contains(rows, r => r is { Run: "base-1-r3", CpuSource: "xentop" });
            Assert.Contains(rows, r => r is { Run: "pair-1-1-r2", CpuSource: null });
        }

        await AssertAllAsync(lab.Lake);
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", Path.Combine(Repository.Root, "samples", "paper"), "--lake", _folder.File("paper"))).Code);
        await AssertAllAsync(_folder.File("paper"));
    }

    /// <summary>Measured and simulated rows pass through the same formulas.</summary>
    [Fact]
    public void Rows_of_any_activity_have_reasons()
    {
        Gen<long> count = Gen.OneOf(Gen.Const(0L), Gen.Long[0, 1000]);
        Gen<long?> perhaps = Gen.OneOf(Gen.Const((long?)null), count.Select(c => (long?)c));
        Gen<PageCounts?> pages = Gen.OneOf(Gen.Const((PageCounts?)null), Gen.Select(count, perhaps, perhaps).Select(p => (PageCounts?)new PageCounts(p.Item1, p.Item1, p.Item2, false, p.Item3)));
        Gen.Select(count, count, perhaps, perhaps, pages).Sample((length, executions, lost, calls, exchanged) =>
        {
            var window = new Window(0, length, 1e9);
            Table domains = Table.Of<DomainMetricsRow>(), hosts = Table.Of<HostMetricsRow>();
            var domain = new DomainActivity
            {
                Vcpus = 1, RunningTicks = 0, RunnableTicks = 0, BlockedTicks = 0, OfflineTicks = 0, LostTicks = Math.Min(length, lost ?? 0), DomainWaitTicks = 0, DomainBlockTicks = 0,
                Executions = executions, Wakes = 0, Events = 0, EventChannelCalls = calls, Pages = exchanged, WaitAfterWakeTicks = lost, WaitAfterPreemptionTicks = lost,
            };
            var host = new HostActivity
            {
                Pcpus = 1, IdleTicks = 0, LostTicks = Math.Min(length, lost ?? 0), Events = 0, LostRecords = 0, Switches = 0, GuestSwitches = 0, Executions = executions, DriverExecutions = executions,
                EventChannelCalls = calls, Pages = exchanged,
            };
            AssertReasons(domains, MetricFormulas.Fill(new DomainMetricsRow { WindowS = 1 }, domain, window));
            AssertReasons(hosts, MetricFormulas.Fill(new HostMetricsRow { WindowS = 1 }, host, window));
        });
    }

    private static async Task AssertAllAsync(string lake)
    {
        using Colocate.Model.Lake.Lake all = Colocate.Model.Lake.Lake.Open(lake);
        AssertReasons(await all.ReadAsync<DomainMetricsRow>());
        AssertReasons(await all.ReadAsync<HostMetricsRow>());
        AssertReasons(await all.ReadAsync<DomainIntervalRow>());
        AssertReasons(await all.ReadAsync<HostIntervalRow>());
    }

    private static void AssertReasons<TRow>(IReadOnlyList<TRow> rows)
        where TRow : class, new() => Assert.All(rows, row => AssertReasons(Table.Of<TRow>(), row));

    internal static void AssertReasons(Table table, object row)
    {
        foreach (IGrouping<string, Column> explained in table.Columns.Where(c => c.ReasonColumn is not null).GroupBy(c => c.ReasonColumn!))
        {
            string[] unknown = [.. explained.Where(c => c.Get(row) is null).Select(c => c.Name)];
            string? reason = explained.First().GetReason(row);
            Assert.True(unknown.Length > 0 == reason is not null, $"{explained.Key} = {reason}, unknown: {string.Join(", ", unknown)}, in {row}");
        }
    }
}
