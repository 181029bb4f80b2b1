using System.Text.Json.Nodes;
using Colocate.Model.Lake;
using Colocate.Model.Tables;

namespace Colocate.Tests.Cli.Query;

public sealed class QueryCommandTests(SampleLake sample) : IClassFixture<SampleLake>
{
    [Fact]
    public async Task Every_table_is_a_view_with_its_columns_whether_it_has_rows_or_not()
    {
        IReadOnlyList<JsonObject> views = (await AskAsync("show tables")).Json;
        Assert.Equal(TableCatalogue.All.Select(t => t.Name).Order(StringComparer.Ordinal), views.Select(v => (string)v["name"]!));
        foreach (Table table in TableCatalogue.All)
        {
            IReadOnlyList<JsonObject> columns = (await AskAsync($"describe {table.Name}")).Json;
            IEnumerable<string> keys = table.KeysStandInPath ? ["campaign", "run"] : [];
            Assert.Equal(keys.Concat(table.Columns.Select(c => c.Name)), columns.Select(c => (string)c["column_name"]!));
        }
    }

    [Fact]
    public async Task Rows_are_those_of_the_lake()
    {
        using Lake lake = Lake.Open(sample.Lake);
        IReadOnlyList<JsonObject> rows = (await AskAsync("from scores")).Json;
        Assert.Equal((await lake.ReadAsync<GuestScoreRow>()).Select(r => (r.Run, r.Score)), rows.Select(r => ((string)r["run"]!, (double?)r["score"])));
    }

    [Fact]
    public async Task Values_of_every_type_have_their_json()
    {
        CommandLine.Outcome outcome = await AskAsync(
            "select 1 a, 1 a, 9223372036854775807 big, 170141183460469231731687303715884105727::hugeint huge, 1.25::decimal(5,2) d, 'x' || chr(10) t, true f, null n, 'nan'::double nan, [1, 2] l, {'k': [2]} s, date '2026-11-26' as day");
        Assert.Equal(
            """{"a":1,"a_1":1,"big":9223372036854775807,"huge":"170141183460469231731687303715884105727","d":1.25,"t":"x\n","f":true,"n":null,"nan":null,"l":[1,2],"s":{"k":[2]},"day":"2026-11-26"}""" + "\n",
            outcome.Out);
    }

    [Fact]
    public async Task A_query_without_rows_still_has_a_header() =>
        Assert.Equal("run,kind\n", (await AskAsync("select run, kind from runs where false", "--format", "csv")).Out);

    [Theory]
    [InlineData("copy runs to 'FOLDER/x.csv'", "Only a query that reads is run here")]
    [InlineData("from runs; copy runs to 'FOLDER/x.csv'", "Only a query that reads is run here")]
    [InlineData("create table t as from runs", "Only a query that reads is run here")]
    [InlineData("attach 'FOLDER/x.db'", "Only a query that reads is run here")]
    [InlineData("install httpfs", "Only a query that reads is run here")]
    [InlineData("load httpfs", "Only a query that reads is run here")]
    [InlineData("set enable_external_access = true", "Only a query that reads is run here")]
    [InlineData("export database 'FOLDER/x'", "Only a query that reads is run here")]
    [InlineData("from runs; from scores", "more than one statement")]
    [InlineData("from read_text('/etc/hostname')", "file system operations are disabled")]
    [InlineData("from 'FOLDER/secret.csv'", "file system operations are disabled")]
    [InlineData("from read_parquet('FOLDER/lake/tables/runs/v1/*/*.parquet')", "file system operations are disabled")]
    [InlineData("from glob('/*')", "file system operations are disabled")]
    [InlineData("from 'https://localhost/x.parquet'", "file system operations are disabled")]
    [InlineData("select nosuch from runs", "\"nosuch\" not found")]
    [InlineData("selec 1", "syntax error at or near \"selec\"")]
    [InlineData("from nosuch", "nosuch does not exist")]
    [InlineData("select 'a'::int", "Conversion Error")]
    [InlineData("select [1, null] as l", "The column 'l' holds a list with unknown values")]
    [InlineData(" ", "The query is empty")]
    public async Task What_writes_reaches_out_or_fails_is_refused(string sql, string expected)
    {
        await File.WriteAllTextAsync(sample.File("secret.csv"), "a\n1\n", TestContext.Current.CancellationToken);
        string[] before = Entries();
        CommandLine.Outcome outcome = await AskAsync(sql.Replace("FOLDER", Path.GetDirectoryName(sample.Lake), StringComparison.Ordinal));
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, Entries());

        string[] Entries() => [.. Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(sample.Lake)!).Where(e => !e.EndsWith("csv", StringComparison.Ordinal) || e.EndsWith("x.csv", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Every_number_of_the_sample_lies_in_the_range_that_is_documented()
    {
        using Lake lake = Lake.Open(sample.Lake);
        int checkedColumns = 0;
        foreach (Table table in TableCatalogue.All.Where(t => lake.Files(t).Any(f => f.Rows > 0)))
        {
            string[] bounded = [.. table.Columns.Where(c => c.Range?.StartsWith("0 ", StringComparison.Ordinal) == true).Select(c => c.Name)];
            if (bounded.Length == 0)
                continue;
            JsonObject least = (await AskAsync($"select {string.Join(", ", bounded.Select(c => $"min({c}) as {c}"))} from {table.Name}")).Json.Single();
            Assert.Empty(least.Where(c => c.Value is not null && (double)c.Value < 0).Select(c => $"{table.Name}.{c.Key}: {c.Value}"));
            checkedColumns += bounded.Length;
        }

        Assert.True(checkedColumns > 100);
    }

    private Task<CommandLine.Outcome> AskAsync(string sql, params string[] more) => CommandLine.RunAsync(["query", sql, "--lake", sample.Lake, .. more]);
}
