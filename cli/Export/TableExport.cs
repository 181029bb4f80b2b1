using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Query;
using Colocate.Model.Lake;
using Colocate.Model.Tables;

namespace Colocate.Cli.Export;

/// <summary>Writes tables of a lake for other tools, row by row.</summary>
/// <param name="lake">The lake.</param>
/// <param name="format">As what.</param>
/// <param name="cancellation">Stops writing.</param>
internal sealed class TableExport(Lake lake, ExportFormat format, CancellationToken cancellation)
{
    /// <summary>Name of a table's file.</summary>
    internal string FileName(Table table) => table.Name + format switch { ExportFormat.Csv => ".csv", ExportFormat.Json => ".jsonl", _ => ".parquet" };

    /// <summary>Writes a table as a file, all of it or nothing.</summary>
    internal void Write(Table table, string path)
    {
        if (format == ExportFormat.Parquet)
        {
            WholeFile.Make(path, unfinished => LakeDatabase.CopyTo(lake, table, unfinished));
            return;
        }

        WholeFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            Write(table, writer);
        });
    }

    /// <summary>Writes a table as text.</summary>
    internal void Write(Table table, TextWriter writer)
    {
        using var database = new LakeDatabase(lake, [table]);
        using QueryRows rows = database.Query($"from {LakeDatabase.Name(table.Name)}", cancellation);
        if (format == ExportFormat.Json)
        {
            foreach (Record record in rows.Records())
                writer.WriteLine(RecordWriter.JsonLine(record));
            return;
        }

        writer.WriteLine(string.Join(',', rows.Columns));
        foreach (object?[] row in rows.Read())
            writer.WriteLine(string.Join(',', row.Select(CsvText.Field)));
    }
}
