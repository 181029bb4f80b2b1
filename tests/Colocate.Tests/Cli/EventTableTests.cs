using System.Globalization;
using Colocate.Tests.Ingest.Xentrace;
using DuckDB.NET.Data;

namespace Colocate.Tests.Cli;

/// <summary><c>ingest --events</c>: what an independent reader finds in the files is what stands in the trace.</summary>
public sealed class EventTableTests : IDisposable
{
    private const ulong Begin = 1_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("colocate-events-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_record_is_a_row_that_another_reader_finds_unchanged()
    {
        byte[] trace = Trace();
        var expected = new List<string>();
        int? domain = null;
        RecordSink.Read(new MemoryStream(trace), (pcpu, id, tsc, payload) =>
        {
            long ns = (long)(tsc - Begin - 2) / 2;
            string words = string.Join(',', payload.ToArray().Select(w => w.ToString(CultureInfo.InvariantCulture)));
            expected.Add(string.Create(CultureInfo.InvariantCulture, $"{pcpu},{tsc},{ns},{id},{domain},{(domain is null ? "" : "0")},{words}{new string(',', 7 - Math.Max(1, payload.Length))},{id != 0x801004}"));
            if ((id & 0xffff00f) == 0x21001 && ((id >> 4) & 3) == 0)
                domain = (int)(payload[0] >> 16);
        });
        Assert.Equal(0, await IngestAsync(trace));
        Assert.Equal(expected, Rows());
        Assert.True(expected.Count > 1000);
    }

    [Theory]
    [InlineData("--events-like", "SCHED_RUNSTATE%", "event_id // 4096 = 33 AND event_id % 16 = 1")]
    [InlineData("--events-like", "sched_continue_running", "event_id = 135170")]
    [InlineData("--domains", "1,idle", "domid IN (1, 32767)")]
    [InlineData("--domains", "vm1", "domid = 1")]
    [InlineData("--from", "0.0001", "ts_ns >= 100000")]
    [InlineData("--to", "0.0001s", "ts_ns < 100000")]
    public async Task A_filter_keeps_just_the_records_it_names(string option, string value, string condition)
    {
        Assert.Equal(0, await IngestAsync(Trace()));
        string[] wanted = [.. Rows($"WHERE {condition}")];
        Assert.Equal(0, await IngestAsync(Trace(), option, value));
        Assert.Equal(wanted, Rows());
        Assert.NotEmpty(wanted);
    }

    /// <summary>The run is in the lake all the same, with its metrics.</summary>
    [Theory]
    [InlineData("--domains", "nosuch")]
    [InlineData("--events-like", "NOSUCH")]
    [InlineData("--from", "5")]
    public async Task Filters_that_no_record_passes_are_told_and_matched_nothing(string option, string value)
    {
        CommandLine.Outcome ingest = await RunAsync(Trace(), option, value);
        Assert.Equal((4, 0, 1), (ingest.Code, (int)ingest.Json[0]["events"]!, (int)ingest.Json[0]["runs"]!));
        Assert.Contains("--events: no record", ingest.Error, StringComparison.Ordinal);
        Assert.Equal(4, (await RunAsync(Trace(), option, value)).Code);
        Assert.Equal(0, (await CommandLine.RunAsync("metrics", "--lake", Path.Combine(_folder, "lake"), "--run", "trace")).Code);
    }

    [Theory]
    [InlineData("2", "1")]
    [InlineData("1", "1")]
    public async Task An_end_that_does_not_lie_behind_the_begin_is_refused(string from, string to)
    {
        CommandLine.Outcome ingest = await RunAsync(Trace(), "--from", from, "--to", to);
        Assert.Equal(2, ingest.Code);
        Assert.Contains("--from", ingest.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_without_events_is_refused() =>
        Assert.Equal(2, (await CommandLine.RunAsync("ingest", _folder, "--lake", Path.Combine(_folder, "lake"), "--domains", "0")).Code);

    private async Task<int> IngestAsync(byte[] trace, params string[] more) => (await RunAsync(trace, more)).Code;

    private async Task<CommandLine.Outcome> RunAsync(byte[] trace, params string[] more)
    {
        string file = Path.Combine(_folder, "trace.bin");
        await File.WriteAllBytesAsync(file, trace, TestContext.Current.CancellationToken);
        return await CommandLine.RunAsync(["ingest", file, "--lake", Path.Combine(_folder, "lake"), "--events", "--assume", "tsc_hz=2e9", "--assume", "name.1=vm1", .. more]);
    }

    private List<string> Rows(string where = "")
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT * EXCLUDE (campaign) FROM read_parquet('{_folder}/lake/tables/events/v1/*/*.parquet', hive_partitioning = true) {where} ORDER BY tsc, event_id, w0";
        using DuckDBDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }

    /// <summary>One pcpu, times that rise by two cycles each, payloads of every length; domains 1 and idle in turn.</summary>
    private static byte[] Trace() => new TraceWriter().Window(0, w =>
    {
        ulong now = Begin;
        uint[] words = [uint.MaxValue, 0, 2, 3, 4, 5, 6];
        for (uint i = 0; i < 1000; i++)
        {
            w.Record(0x801003, now += 2, words[..(int)(i % 8 == 0 ? 1 : i % 8)]);
            if (i % 10 == 9)
                w.Runstate(now += 2, i % 20 == 9 ? 1 : TraceWriter.Idle, 0, 1, 0).Record(0x21002, now += 2, i % 20 == 9 ? 1u << 16 : TraceWriter.Idle << 16);
        }

        w.RecordWithoutTsc(0x801004, 8).Record(0x801001, now + 1_000_000, 1, 2);
    }).ToArray();
}
