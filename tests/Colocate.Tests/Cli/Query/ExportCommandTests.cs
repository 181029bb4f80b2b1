using System.Text.Json.Nodes;
using Colocate.Cli.Export;
using CsCheck;
using DuckDB.NET.Data;

namespace Colocate.Tests.Cli.Query;

public sealed class ExportCommandTests(SampleLake sample) : IClassFixture<SampleLake>
{
    /// <summary>Every table in every format, read by another reader, holds the very rows of the lake.</summary>
    [Theory]
    [InlineData("csv", "read_csv('{0}.csv', all_varchar = true, nullstr = '', allow_quoted_nulls = false)")]
    [InlineData("json", "read_json('{0}.jsonl', sample_size = -1)")]
    [InlineData("parquet", "'{0}.parquet'")]
    public async Task Exports_round_trip(string format, string reader)
    {
        string folder = sample.File("export-" + format);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("export", "--all", "--lake", sample.Lake, "--format", format, "--out", folder, "--quiet");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.True(outcome.Json.Count > 12);
        using var duck = new DuckDBConnection("DataSource=:memory:");
        await duck.OpenAsync(TestContext.Current.CancellationToken);
        foreach (JsonObject table in outcome.Json)
        {
            string name = (string)table["table"]!, exported = string.Format(System.Globalization.CultureInfo.InvariantCulture, reader, Path.Combine(folder, name));
            string lake = $"read_parquet('{sample.Lake}/tables/{name}/v1/**/*.parquet', union_by_name = true, hive_partitioning = false)";
            Assert.Equal((long)table["rows"]!, Count(duck, $"from {lake}"));

            // Casts to text tell apart what is equal after rounding; a column that is null throughout has no type of its own in text
            // formats. Texts of CSV lose their guard, as its rule says.
            string columns = string.Join(", ", Names(duck, $"from {lake}").Select(c => $"\"{c}\"::varchar as \"{c}\""));
            string typed = string.Join(", ", Types(duck, $"from {lake}").Select(c => format == "csv" && c.Type == "VARCHAR"
                ? $"regexp_replace(\"{c.Name}\", '^''', '') as \"{c.Name}\""
                : $"\"{c.Name}\"::{c.Type}::varchar as \"{c.Name}\""));
            Assert.Equal(0, Count(duck, $"(select {columns} from {lake}) except all (select {typed} from {exported})"));
            Assert.Equal((long)table["rows"]!, Count(duck, $"from {exported}"));
        }
    }

    [Fact]
    public async Task Same_lake_same_bytes()
    {
        foreach (string format in (string[])["csv", "json", "parquet"])
        {
            byte[][] twice = await Task.WhenAll(Enumerable.Range(0, 2).Select(async i =>
            {
                string folder = sample.File($"same-{format}-{i}");
                Assert.Equal(0, (await CommandLine.RunAsync("export", "domain_intervals", "--lake", sample.Lake, "--format", format, "--out", folder, "--quiet")).Code);
                return await File.ReadAllBytesAsync(Directory.EnumerateFiles(folder).Single());
            }));
            Assert.Equal(twice[0], twice[1]);
        }
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("'already", "''already")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    [InlineData("1=1", "1=1")]
    [InlineData("", "\"\"")]
    public void No_text_is_a_formula(string text, string field) => Assert.Equal(field, CsvText.Field(text));

    [Fact]
    public void Numbers_are_no_texts_and_unknown_is_empty() =>
        Assert.Equal(("-1.5", "0.1", "-3", ""), (CsvText.Field(-1.5), CsvText.Field(0.1), CsvText.Field(-3L), CsvText.Field(null)));

    [Fact]
    public void Whoever_removes_one_quote_has_the_text_back() => Gen.String.Sample(text =>
    {
        string guarded = CsvText.Guard(text);
        return (guarded.StartsWith('\'') ? guarded[1..] : guarded) == text && (guarded.Length == 0 || guarded[0] is not ('=' or '+' or '-' or '@' or '\t' or '\r'));
    });

    [Theory]
    [InlineData("name tables, or give --all", 2)]
    [InlineData("name tables, or give --all", 2, "runs", "--all")]
    [InlineData("say where with --out DIR", 2, "runs", "scores")]
    [InlineData("say where with --out DIR", 2, "runs", "--format", "parquet")]
    [InlineData("There is no table 'nosuch'", 4, "nosuch")]
    [InlineData("'xlsx' not recognized", 2, "runs", "--format", "xlsx")]
    public async Task What_cannot_be_exported_is_said(string expected, int code, params string[] args)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(["export", .. args, "--lake", sample.Lake]);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    private static long Count(DuckDBConnection duck, string sql) => (long)Read(duck, $"select count(*) from ({sql})").Single()[0];

    private static string[] Names(DuckDBConnection duck, string sql) => [.. Types(duck, sql).Select(c => c.Name)];

    private static (string Name, string Type)[] Types(DuckDBConnection duck, string sql) => [.. Read(duck, "describe " + sql).Select(r => ((string)r[0], (string)r[1]))];

    private static List<object[]> Read(DuckDBConnection duck, string sql)
    {
        using DuckDBCommand command = duck.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
