using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using CsCheck;
using DuckDB.NET.Data;
using Parquet;
using Parquet.Schema;

namespace Colocate.Tests.Model.Lake;

using Lake = Colocate.Model.Lake.Lake;

public sealed class LakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Any_rows_come_back_as_they_were_with_every_null()
    {
        Gen<string?> text = Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(s => (string?)s.Replace("\0", "", StringComparison.Ordinal)).Where(s => s!.All(c => !char.IsSurrogate(c))));
        Gen<double?> number = Gen.OneOf(Gen.Const((double?)null), Gen.Double.Where(double.IsFinite).Select(d => (double?)d));
        Gen<InputFileRow> row = Gen.Select(text, number, Gen.Long, Gen.Int, Gen.Bool, (t, d, l, i, b) =>
            new InputFileRow { Run = t ?? "", File = "f", Format = t, FormatVersion = b ? i : null, Bytes = b ? null : l, Reason = b ? t : null, Status = "ok" });
        int n = 0;
        await row.Array[0, 40].SampleAsync(
            async rows =>
            {
                using Lake lake = Lake.OpenForWriting(_folder.File($"l{Interlocked.Increment(ref n)}"));
                await lake.CommitAsync(Output("a", rows));
                Assert.Equal(rows, await lake.ReadAsync<InputFileRow>());
            },
            iter: 30, threads: 1);
    }

    [Fact]
    public async Task Another_reader_sees_the_same_values_nulls_and_units()
    {
        using Lake lake = Lake.OpenForWriting(_folder.Path);
        var rows = Enumerable.Range(0, 1000).Select(i => new DomainMetricsRow
        {
            Run = "r", Campaign = "c", Domain = i % 3 == 0 ? "Domain-0" : "vm1", Domid = i, CpuFraction = i % 7 == 0 ? null : i / 1000.0, MethodReason = i % 7 == 0 ? "none" : null, Lossy = i % 2 == 0,
        }).ToArray();
        await lake.CommitAsync(Output("a", rows));
        string file = Path.Combine(_folder.Path, lake.Files(Table.Of<DomainMetricsRow>()).Single().Path);

        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        Assert.Equal(
            [1000L, rows.Sum(r => r.CpuFraction)!.Value, (long)rows.Count(r => r.CpuFraction is null), 500L, 334L, (long)rows.Count(r => r.MethodReason == "none")],
            Query(duck, $"select count(*), sum(cpu_fraction), count(*) filter (cpu_fraction is null), count(*) filter (lossy), count(*) filter (domain = 'Domain-0'), count(*) filter (method_reason = 'none') from '{file}'"));
        object[] columns = Query(duck, $"select decode(value) from parquet_kv_metadata('{file}') where decode(key) = 'colocate.columns'");
        Assert.Contains("\"name\":\"cpu_fraction\"", (string)columns[0], StringComparison.Ordinal);
        Assert.Contains("\"null_means\":", (string)columns[0], StringComparison.Ordinal);
        Assert.Equal("c", Query(duck, $"select distinct campaign from read_parquet('{_folder.Path}/tables/domain_metrics/v1/**/*.parquet', hive_partitioning = true)")[0]);
    }

    /// <summary>Large tables are written in groups, beside small ones: rows, their order, and the order of files in the manifest stay as they are given.</summary>
    [Fact]
    public async Task Tables_of_many_rows_come_back_in_order_beside_small_ones()
    {
        DomainIntervalRow[] domains = [.. Enumerable.Range(0, 10_000).Select(i => new DomainIntervalRow { Run = "r", Campaign = "c", Domain = "vm1", Domid = 1, IntervalIndex = i, StartS = i, WindowS = 1, CpuFraction = i % 5 == 0 ? null : i })];
        HostIntervalRow[] hosts = [.. Enumerable.Range(0, 4097).Select(i => new HostIntervalRow { Run = "r", Campaign = "c", IntervalIndex = i, StartS = i, WindowS = 1 })];
        VcpuStateRow[] vcpus = [new VcpuStateRow { Run = "r", Campaign = "c", Domain = "vm1", Domid = 1, Vcpu = 0 }];
        StageOutput output = Output("a", Array.Empty<DomainMetricsRow>()) with
        {
            Tables = [KeyValuePair.Create(Table.Of<VcpuStateRow>(), (IReadOnlyList<object>)vcpus), KeyValuePair.Create(Table.Of<DomainIntervalRow>(), (IReadOnlyList<object>)domains), KeyValuePair.Create(Table.Of<HostIntervalRow>(), (IReadOnlyList<object>)hosts)],
        };
        using Lake lake = Lake.OpenForWriting(_folder.Path);
        await lake.CommitAsync(output);
        Assert.Equal(domains, await lake.ReadAsync<DomainIntervalRow>());
        Assert.Equal(hosts, await lake.ReadAsync<HostIntervalRow>());
        Assert.Equal(vcpus, await lake.ReadAsync<VcpuStateRow>());
        string file = Path.Combine(_folder.Path, lake.Files(Table.Of<DomainIntervalRow>()).Single().Path);
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        Assert.Equal([10_000L, 9999], Query(duck, $"select count(*), max(interval_index) from '{file}'"));
        Assert.Equal([4096L, 4096L, 1808L], (List<long>)Query(duck, $"select list(n order by g) from (select row_group_id g, max(row_group_num_rows) n from parquet_metadata('{file}') group by g)")[0]);
    }

    /// <summary>A file of an older version: what may be null now could not be, and the other way round.</summary>
    [Fact]
    public async Task Columns_that_became_nullable_or_ceased_to_be_are_read()
    {
        string path = _folder.File("old.parquet");
        DataField cpu = new("cpu_fraction", typeof(double), isNullable: false), lossy = new("lossy", typeof(bool), isNullable: true);
        await using (FileStream file = File.Create(path))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(cpu, lossy), file, cancellationToken: TestContext.Current.CancellationToken))
        using (ParquetRowGroupWriter group = writer.CreateRowGroup())
        {
            await group.WriteAsync<double>(cpu, new[] { 0.5, 0.25 }.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            await group.WriteAsync<bool>(lossy, new bool?[] { true, null }.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        }

        List<DomainMetricsRow> rows = await ParquetTable.ReadAsync<DomainMetricsRow>(path);
        Assert.Equal([(0.5, true), (0.25, false)], rows.Select(r => (r.CpuFraction!.Value, r.Lossy)));
    }

    [Fact]
    [Trait("promise", "R9")]
    public async Task The_catalogue_can_be_deleted_or_damaged_and_comes_back()
    {
        using (Lake lake = Lake.OpenForWriting(_folder.Path))
        {
            await lake.CommitAsync(Output("a", [new RunRow { Run = "a" }]));
            await lake.CommitAsync(Output("b", [new RunRow { Run = "b" }]));
        }

        foreach (Action<string> harm in (Action<string>[])[File.Delete, f => File.WriteAllText(f, "this is no database, but long enough to look at: " + new string('x', 4096))])
        {
            harm(_folder.File("catalogue.db"));
            using Lake lake = Lake.Open(_folder.Path);
            Assert.Equal(["a", "b"], (await lake.ReadAsync<RunRow>()).Select(r => r.Run));
            Assert.Equal(2, lake.Outputs("test").Count);
        }
    }

    [Fact]
    public async Task A_new_output_of_a_run_replaces_the_old_one_and_leaves_no_file_behind()
    {
        using Lake lake = Lake.OpenForWriting(_folder.Path);
        await lake.CommitAsync(Output("a", [new RunRow { Run = "a", Notes = "old" }], fingerprint: 'a'));
        await lake.CommitAsync(Output("b", [new RunRow { Run = "b" }]));
        await lake.CommitAsync(Output("a", [new RunRow { Run = "a", Notes = "new" }], fingerprint: 'b'));
        Assert.Equal(["new", ""], (await lake.ReadAsync<RunRow>()).Select(r => r.Notes));
        Assert.Equal(2, Directory.EnumerateFiles(_folder.File("tables"), "*.parquet", SearchOption.AllDirectories).Count());
        Assert.Equal(2, Directory.EnumerateFiles(_folder.File("manifests"), "*.json", SearchOption.AllDirectories).Count());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("staging")));
    }

    [Fact]
    public async Task What_was_not_committed_is_not_seen_and_is_cleared_away()
    {
        using (Lake lake = Lake.OpenForWriting(_folder.Path))
        {
            await lake.CommitAsync(Output("a", [new RunRow { Run = "a" }]));
            File.WriteAllText(_folder.File("staging/half-written.parquet"), "PAR1");
            File.WriteAllText(_folder.File("tables/runs/v1/campaign=c/run-x-0123.parquet"), "complete, but its manifest never came");
        }

        using Lake again = Lake.OpenForWriting(_folder.Path);
        Assert.Equal(["a"], (await again.ReadAsync<RunRow>()).Select(r => r.Run));
        Assert.False(File.Exists(_folder.File("staging/half-written.parquet")));
        Assert.False(File.Exists(_folder.File("tables/runs/v1/campaign=c/run-x-0123.parquet")));
    }

    [Fact]
    public async Task A_writer_killed_between_commit_and_clean_up_leaves_one_generation()
    {
        string catalogue = _folder.File("catalogue.db");
        using (Lake lake = Lake.OpenForWriting(_folder.Path))
            await lake.CommitAsync(Output("a", [new RunRow { Run = "a", Notes = "old" }], fingerprint: 'a'));
        byte[] before = File.ReadAllBytes(catalogue), oldTable = File.ReadAllBytes(Directory.EnumerateFiles(_folder.File("tables"), "*.parquet", SearchOption.AllDirectories).Single());
        string oldPath = Directory.EnumerateFiles(_folder.File("tables"), "*.parquet", SearchOption.AllDirectories).Single();
        using (Lake lake = Lake.OpenForWriting(_folder.Path))
            await lake.CommitAsync(Output("a", [new RunRow { Run = "a", Notes = "new" }], fingerprint: 'b'));

        // The manifest is renamed; catalogue and old file are as before.
        File.WriteAllBytes(catalogue, before);
        File.WriteAllBytes(oldPath, oldTable);
        using (Lake reader = Lake.Open(_folder.Path))
            Assert.Equal(["new"], (await reader.ReadAsync<RunRow>()).Select(r => r.Notes));
        using Lake writer = Lake.OpenForWriting(_folder.Path);
        Assert.Equal(["new"], (await writer.ReadAsync<RunRow>()).Select(r => r.Notes));
        Assert.False(File.Exists(oldPath));
    }

    [Fact]
    public async Task An_output_of_which_a_file_is_gone_counts_as_not_done()
    {
        using Lake lake = Lake.OpenForWriting(_folder.Path);
        await lake.CommitAsync(Output("a", [new RunRow { Run = "a" }]));
        Assert.Equal(["a"], lake.Outputs("test").Keys);
        File.Delete(Directory.EnumerateFiles(_folder.File("tables"), "*.parquet", SearchOption.AllDirectories).Single());
        Assert.Empty(lake.Outputs("test"));
    }

    [Fact]
    public void A_lake_whose_making_was_interrupted_is_made()
    {
        Directory.CreateDirectory(_folder.File("schema"));
        Directory.CreateDirectory(_folder.File("staging"));
        using Lake lake = Lake.OpenForWriting(_folder.Path);
        Assert.True(File.Exists(_folder.File("lake.json")));
    }

    [Fact]
    public void A_second_writer_is_told_that_the_lake_is_busy()
    {
        using Lake first = Lake.OpenForWriting(_folder.Path);
        RequestException busy = Assert.Throws<RequestException>(() => Lake.OpenForWriting(_folder.Path));
        Assert.Equal(ExitCode.Busy, busy.ExitCode);
        using Lake reader = Lake.Open(_folder.Path);
    }

    [Theory]
    [InlineData("{ \"layout\": 2 }", "layout 2")]
    [InlineData("not json", "damaged")]
    [InlineData("{}", "damaged")]
    public void A_newer_or_damaged_lake_is_refused_and_left_alone(string identity, string says)
    {
        File.WriteAllText(_folder.File("lake.json"), identity);
        foreach (Func<string, Lake> open in (Func<string, Lake>[])[Lake.Open, f => Lake.OpenForWriting(f)])
        {
            RequestException refused = Assert.Throws<RequestException>(() => open(_folder.Path));
            Assert.Equal(ExitCode.WrongUse, refused.ExitCode);
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal([_folder.File("lake.json")], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_holds_something_else_does_not_become_a_lake()
    {
        File.WriteAllText(_folder.File("thesis.tex"), "");
        Assert.Equal(ExitCode.WrongUse, Assert.Throws<RequestException>(() => Lake.OpenForWriting(_folder.Path)).ExitCode);
        Assert.Equal(ExitCode.WrongUse, Assert.Throws<RequestException>(() => Lake.Open(_folder.File("nowhere"))).ExitCode);
    }

    private static StageOutput Output<TRow>(string run, TRow[] rows, char fingerprint = '0')
        where TRow : class, new() => new()
    {
        Stage = "test", Run = run, Campaign = "c", Fingerprint = new string(fingerprint, 64), Tables = [new(Table.Of<TRow>(), rows)],
    };

    private static object[] Query(DuckDBConnection connection, string sql)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using System.Data.Common.DbDataReader reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)];
    }
}
