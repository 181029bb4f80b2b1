using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace Colocate.SystemTests.Report;

/// <summary>A lake as DuckDB reads it, without any code of the product.</summary>
internal sealed partial class LakeReader : IDisposable
{
    private readonly string _folder;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public LakeReader(string folder)
    {
        _folder = folder;
        _connection.Open();
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Rows of a query of <see cref="LakeNumbers"/> with the names of its columns; a table that the lake does not hold is an error.</summary>
    public (string[] Columns, List<string[]> Rows) Query(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = TableName().Replace(sql, m => $"read_parquet('{_folder}/tables/{m.Groups[1].Value}/v1/**/*.parquet', hive_partitioning = false, union_by_name = true)");
        using DbDataReader reader = command.ExecuteReader();
        string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. columns.Select((_, i) => reader.IsDBNull(i) ? "" : reader.GetValue(i) is bool flag ? (flag ? "true" : "false") : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!)]);
        return (columns, rows);
    }

    /// <summary>True when the lake holds every table of the query.</summary>
    public bool Has(string sql) => TableName().Matches(sql).All(m => Directory.Exists(Path.Combine(_folder, "tables", m.Groups[1].Value)));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex TableName();
}
