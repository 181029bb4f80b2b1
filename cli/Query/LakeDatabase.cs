using System.Text;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using DuckDB.NET.Data;

namespace Colocate.Cli.Query;

/// <summary>
/// The committed tables of a lake as views of an in-memory DuckDB. What is asked of it can read these tables and nothing else: no other file, no
/// network, no extension that is not built in; and it can write nothing.
/// </summary>
internal sealed class LakeDatabase : IDisposable
{
    private readonly DuckDBConnection _connection;

    /// <summary>Opens a database with views of some tables.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="wanted">The tables to make views of; a view reads the footer of every file of its table.</param>
    internal LakeDatabase(Lake lake, IEnumerable<Table> wanted)
    {
        (Table Table, StageFile[] Files)[] tables = [.. wanted.Select(t => (t, lake.Files(t).ToArray()))];
        _connection = new DuckDBConnection("DataSource=:memory:");
        _connection.Open();
        try
        {
            Execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false; set temp_directory = '';");
            Execute($"set allowed_paths = [{string.Join(", ", tables.SelectMany(t => t.Files).Select(f => Text(PathOf(lake, f))))}];");
            Execute("set enable_external_access = false; set lock_configuration = true;");
            foreach ((Table table, StageFile[] files) in tables)
                Execute($"create view {Name(table.Name)} as {View(lake, table, files)};");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs one query and hands over its rows as they come.</summary>
    /// <param name="sql">One SELECT statement, or what DuckDB takes for one (FROM, WITH, DESCRIBE, SUMMARIZE, ...).</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <exception cref="RequestException">It is no such statement, or it fails (<see cref="ExitCode.WrongUse"/>).</exception>
    internal QueryRows Query(string sql, CancellationToken cancellation)
    {
        CheckReadsOnly(sql);
        return Try(() => new QueryRows(_connection, sql, cancellation));
    }

    /// <summary>Writes a table as one Parquet file, with units and meanings of its columns in the file's metadata.</summary>
    internal static void CopyTo(Lake lake, Table table, string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();

        // One thread: the same rows give the same bytes.
        command.CommandText = $"set threads = 1; copy ({View(lake, table, [.. lake.Files(table)])}) to {Text(path)} "
            + $"(format parquet, compression zstd, kv_metadata {{\"colocate.table\": {Text(table.Name)}, \"colocate.columns\": {Text(TableDescription.Columns(table).ToJsonString())}}})";
        command.ExecuteNonQuery();
    }

    /// <summary>A text as SQL writes it.</summary>
    internal static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name as SQL writes it.</summary>
    internal static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>What DuckDB says of a statement, as an answer for whoever wrote it.</summary>
    internal static RequestException Refused(DuckDBException e) => new(
        ExitCode.WrongUse, "The query fails: " + e.Message.Trim().ReplaceLineEndings("\n  "),
        "tables and columns are listed by `colocate tables [TABLE]`");

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Only a statement that selects has a serialised form; a list of statements has none, however it is written.</summary>
    private void CheckReadsOnly(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = $"select json_serialize_sql({Text(sql)}::varchar)";
        using var answer = System.Text.Json.JsonDocument.Parse((string)Try(command.ExecuteScalar)!);
        System.Text.Json.JsonElement root = answer.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            string message = root.GetProperty("error_message").GetString()!;
            throw message.Contains("SELECT statements", StringComparison.Ordinal)
                ? new RequestException(ExitCode.WrongUse, "Only a query that reads is run here: " + message, "write one SELECT; to write files use `colocate export`, or open the lake's Parquet files with another tool")
                : new RequestException(ExitCode.WrongUse, "The query cannot be parsed: " + message.Trim().ReplaceLineEndings("\n  "), "see https://duckdb.org/docs/sql/introduction");
        }

        int statements = root.GetProperty("statements").GetArrayLength();
        if (statements == 0)
            throw new RequestException(ExitCode.WrongUse, "The query is empty", "write one SELECT, for instance `FROM runs`");
        if (statements != 1)
            throw new RequestException(ExitCode.WrongUse, "There is more than one statement", "ask one question at a time");
    }

    private void Execute(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static T Try<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (DuckDBException e)
        {
            throw Refused(e);
        }
    }

    /// <summary>Columns by name, so that files of older versions fit; what they lack is null.</summary>
    private static string View(Lake lake, Table table, StageFile[] files)
    {
        var sql = new StringBuilder("select ");
        if (table.KeysStandInPath)
            sql.Append("regexp_extract(filename, 'campaign=([^/]*)/run-', 1) as campaign, regexp_extract(filename, '/run-(.*)-[0-9a-f]{16}(-[0-9]+)?\\.parquet$', 1) as run, ");
        if (files.Length == 0)
            return (table.KeysStandInPath ? "select ''::varchar as campaign, ''::varchar as run, " : "select ") + string.Join(", ", table.Columns.Select(c => $"null::{TypeOf(c)} as {Name(c.Name)}")) + " where false";
        return sql.Append(table.KeysStandInPath ? "* exclude (filename) from read_parquet([" : "* from read_parquet([")
            .AppendJoin(", ", files.Select(f => Text(PathOf(lake, f))))
            .Append("], union_by_name = true, hive_partitioning = false").Append(table.KeysStandInPath ? ", filename = true)" : ")").ToString();
    }

    private static string PathOf(Lake lake, StageFile file) => System.IO.Path.Combine(lake.Folder, file.Path);

    private static string TypeOf(Column column) => TableDescription.TypeName(column) switch
    {
        "string" => "varchar",
        "boolean" => "boolean",
        "int32" => "integer",
        "uint32" => "uinteger",
        "int64" => "bigint",
        _ => "double",
    };
}
