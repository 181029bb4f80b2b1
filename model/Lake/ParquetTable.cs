using System.IO.Compression;
using Colocate.Model.Tables;
using Parquet;
using Parquet.Schema;

namespace Colocate.Model.Lake;

/// <summary>Rows of a table to a Parquet file and back.</summary>
internal static class ParquetTable
{
    /// <summary>Rows of one row group, all of which are in memory while it is written: a few megabytes.</summary>
    private const int GroupRows = 4096;

    // Fastest costs a few per cent of size against the library's default and is an order of magnitude quicker.
    private static readonly ParquetOptions s_options = new() { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };

    internal static DataField[] Fields(Table table) => [.. table.Columns.Select(c => new DataField(c.Name, c.Type, c.IsNullable))];

    /// <summary>Options for a table of many rows: texts by dictionary; times that rise, as differences.</summary>
    internal static ParquetOptions Options(Table table, DataField[] fields)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };
        for (int i = 0; i < fields.Length; i++)
        {
            if (table.Columns[i].Type == typeof(string))
                options.ColumnEncodingHints[fields[i].Path.ToString()] = EncodingHint.Dictionary;
            else if (table.Columns[i].Unit is Unit.Cycles or Unit.Nanoseconds)
                options.ColumnEncodingHints[fields[i].Path.ToString()] = EncodingHint.DeltaBinaryPacked;
        }

        return options;
    }

    /// <summary>Writes all rows, <see cref="GroupRows"/> a row group. Rows that are made when they are asked for are asked for once. NaN and infinities must not occur: unknown is null.</summary>
    internal static async Task WriteAsync(Stream target, Table table, IReadOnlyList<object> rows, IReadOnlyDictionary<string, string> metadata)
    {
        DataField[] fields = Fields(table);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), target, s_options).ConfigureAwait(false);
        writer.CustomMetadata = metadata.ToDictionary();
        foreach (object[] chunk in rows.Count == 0 ? [[]] : rows.Chunk(GroupRows))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
                await WriteColumnAsync(group, fields[i], table.Columns[i], chunk).ConfigureAwait(false);
            group.CompleteValidate();

            // The runtime lets garbage grow until it fills the processor's last cache, hundreds of megabytes on a server: more than all else that ingest holds.
            if (rows.Count > GroupRows)
                GC.Collect(0);
        }
    }

    /// <summary>Reads all rows. Columns are matched by name; a column that the file does not have keeps its default (null where it may be null).</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Columns to read, by name; the others keep their default. Null for all.</param>
    internal static async Task<List<TRow>> ReadAsync<TRow>(string path, IReadOnlyList<string>? columns = null)
        where TRow : class, new()
    {
        Table table = Table.Of<TRow>();
        Column[] wanted = [.. table.Columns.Where(c => columns is null || columns.Contains(c.Name))];
        var rows = new List<TRow>();
        await using ParquetReader reader = await ParquetReader.CreateAsync(path).ConfigureAwait(false);
        Dictionary<string, DataField> fields = reader.Schema.DataFields.ToDictionary(f => f.Name);
        for (int g = 0; g < reader.RowGroupCount; g++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(g);
            int first = rows.Count;
            for (int i = 0; i < group.RowCount; i++)
                rows.Add(new TRow());
            foreach (Column column in wanted)
            {
                if (fields.TryGetValue(column.Name, out DataField? field))
                    await ReadColumnAsync(group, field, column, rows, first).ConfigureAwait(false);
            }
        }

        return rows;
    }

    /// <summary>Rows that the footer of a file announces.</summary>
    internal static async Task<long> CountRowsAsync(Stream file)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true).ConfigureAwait(false);
        return reader.RowGroups.Sum(g => g.RowCount);
    }

    private static Task WriteColumnAsync(ParquetRowGroupWriter group, DataField field, Column column, IReadOnlyList<object> rows) => column.Type switch
    {
        var t when t == typeof(string) => group.WriteAsync(field, column.ValuesIn<string>(rows)),
        var t when t == typeof(bool) => WriteValuesAsync<bool>(group, field, column, rows),
        var t when t == typeof(int) => WriteValuesAsync<int>(group, field, column, rows),
        var t when t == typeof(uint) => WriteValuesAsync<uint>(group, field, column, rows),
        var t when t == typeof(long) => WriteValuesAsync<long>(group, field, column, rows),
        _ => WriteValuesAsync<double>(group, field, column, rows),
    };

    private static Task WriteValuesAsync<T>(ParquetRowGroupWriter group, DataField field, Column column, IReadOnlyList<object> rows)
        where T : struct => column.IsNullable
            ? group.WriteAsync<T>(field, column.ValuesIn<T?>(rows).AsMemory())
            : group.WriteAsync<T>(field, column.ValuesIn<T>(rows).AsMemory());

    private static Task ReadColumnAsync<TRow>(ParquetRowGroupReader group, DataField field, Column column, List<TRow> rows, int first)
        where TRow : class => column.Type switch
    {
        var t when t == typeof(string) => ReadTextAsync(group, field, column, rows, first),
        var t when t == typeof(bool) => ReadValuesAsync<TRow, bool>(group, field, column, rows, first),
        var t when t == typeof(int) => ReadValuesAsync<TRow, int>(group, field, column, rows, first),
        var t when t == typeof(uint) => ReadValuesAsync<TRow, uint>(group, field, column, rows, first),
        var t when t == typeof(long) => ReadValuesAsync<TRow, long>(group, field, column, rows, first),
        _ => ReadValuesAsync<TRow, double>(group, field, column, rows, first),
    };

    private static async Task ReadTextAsync<TRow>(ParquetRowGroupReader group, DataField field, Column column, List<TRow> rows, int first)
        where TRow : class
    {
        var values = new string?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory()!).ConfigureAwait(false);
        column.Set(rows, first, values);
    }

    private static async Task ReadValuesAsync<TRow, T>(ParquetRowGroupReader group, DataField field, Column column, List<TRow> rows, int first)
        where TRow : class
        where T : struct
    {
        // A column may have become nullable, or ceased to be, since the file was written.
        if (field.IsNullable)
        {
            var values = new T?[group.RowCount];
            await group.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            if (column.IsNullable)
                column.Set<T?>(rows, first, values);
            else
                column.Set<T>(rows, first, Array.ConvertAll(values, v => v.GetValueOrDefault()));
        }
        else
        {
            var values = new T[group.RowCount];
            await group.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            if (column.IsNullable)
                column.Set<T?>(rows, first, Array.ConvertAll(values, v => (T?)v));
            else
                column.Set<T>(rows, first, values);
        }
    }
}
