using System.Diagnostics;
using System.IO.Compression;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Parquet;
using Parquet.Schema;

namespace Colocate.Benchmarks.Traces;

/// <summary>
/// Writes every record of a trace as a row, as <c>ingest --events</c> does, and then the same columns from memory by Parquet.Net alone: the same codec, encodings and
/// row groups, by one writer and, as ingest does, by two at a time.
/// </summary>
internal static class RowWriting
{
    private static readonly Table s_table = Table.Of<RecordRow>();

    /// <summary>One way of writing: time and bytes allocated of each repeat.</summary>
    internal sealed record Figures(string Name, List<double> WallS, List<long> AllocatedBytes);

    internal static async Task<(long Rows, int Groups, IReadOnlyList<Figures> Ways)> CompareAsync(string file, int repeats)
    {
        string folder = Directory.CreateTempSubdirectory("colocate-rows-").FullName;
        try
        {
            (long rows, List<Array[]> groups, DataField[] fields) = await ReadBackAsync(file, Path.Combine(folder, "first")).ConfigureAwait(false);
            Figures ours = new("ingest", [], []), one = new("alone, one writer", [], []), two = new("alone, two writers", [], []);
            for (int i = 0; i <= repeats; i++)
            {
                await TimeAsync(ours, i, () => IngestAsync(file, Path.Combine(folder, FormattableString.Invariant($"lake-{i}")), (_, _) => Task.CompletedTask)).ConfigureAwait(false);
                await TimeAsync(one, i, () => WriteAsync(Path.Combine(folder, "one"), fields, groups)).ConfigureAwait(false);
                await TimeAsync(two, i, () => Task.WhenAll(
                    Task.Run(() => WriteAsync(Path.Combine(folder, "left"), fields, groups.Where((_, g) => g % 2 == 0))),
                    Task.Run(() => WriteAsync(Path.Combine(folder, "right"), fields, groups.Where((_, g) => g % 2 == 1))))).ConfigureAwait(false);
            }

            return (rows, groups.Count, [ours, one, two]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The first time is that of the compiler.</summary>
    private static async Task TimeAsync(Figures figures, int repeat, Func<Task> write)
    {
        GC.Collect();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        await write().ConfigureAwait(false);
        if (repeat == 0)
            return;
        figures.WallS.Add(clock.Elapsed.TotalSeconds);
        figures.AllocatedBytes.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
    }

    /// <summary>Reads the trace into a table of a new lake, commits it and hands the files to who wants them.</summary>
    private static async Task IngestAsync(string file, string lakeFolder, Func<Lake, long, Task> then)
    {
        using Lake lake = Lake.OpenForWriting(lakeFolder);
        StagedTable? table = null;
        try
        {
            using FileStream content = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 18, FileOptions.SequentialScan);
            var context = new InputContext
            {
                Run = TraceReading.Nameless, Settings = new IngestSettings { TscHz = 2_596_142_000, Events = new EventSelection() }, Findings = new FindingLog(file),
                BeginTable = t => table = lake.BeginTableAsync(t).GetAwaiter().GetResult(),
            };
            new XentraceFormat().Read(content, context, new RowSink(), CancellationToken.None);
            long rows = table!.Rows;
            await lake.CommitAsync(new StageOutput { Stage = "ingest", Run = "run", Campaign = "c", Fingerprint = new string('0', 64), Tables = [], Staged = [table] }).ConfigureAwait(false);
            await then(lake, rows).ConfigureAwait(false);
        }
        finally
        {
            if (table is not null)
                await table.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<(long Rows, List<Array[]> Groups, DataField[] Fields)> ReadBackAsync(string file, string lakeFolder)
    {
        (long written, List<Array[]> groups, DataField[] fields) = (0, [], []);
        await IngestAsync(file, lakeFolder, async (lake, rows) =>
        {
            written = rows;
            foreach (StageFile part in lake.Files(s_table))
            {
                await using ParquetReader reader = await ParquetReader.CreateAsync(Path.Combine(lake.Folder, part.Path)).ConfigureAwait(false);
                fields = reader.Schema.DataFields;
                for (int g = 0; g < reader.RowGroupCount; g++)
                    groups.Add(await ReadGroupAsync(reader, g).ConfigureAwait(false));
            }
        }).ConfigureAwait(false);
        return (written, groups, fields);
    }

    private static async Task<Array[]> ReadGroupAsync(ParquetReader reader, int number)
    {
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(number);
        var columns = new Array[reader.Schema.DataFields.Length];
        foreach ((int i, DataField field) in reader.Schema.DataFields.Index())
        {
            columns[i] = Type(field) switch
            {
                (true, "Int32") => await NullableAsync<int>(group, field).ConfigureAwait(false),
                (true, "UInt32") => await NullableAsync<uint>(group, field).ConfigureAwait(false),
                (true, "Int64") => await NullableAsync<long>(group, field).ConfigureAwait(false),
                (false, "Int32") => await PlainAsync<int>(group, field).ConfigureAwait(false),
                (false, "Boolean") => await PlainAsync<bool>(group, field).ConfigureAwait(false),
                (false, "Int64") => await PlainAsync<long>(group, field).ConfigureAwait(false),
                var other => throw new NotSupportedException($"column {field.Name}: {other}"),
            };
        }

        return columns;
    }

    private static async Task WriteAsync(string path, DataField[] fields, IEnumerable<Array[]> groups)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };
        foreach ((DataField field, Column column) in fields.Zip(s_table.Columns))
        {
            if (column.Unit is Unit.Cycles or Unit.Nanoseconds)
                options.ColumnEncodingHints[field.Path.ToString()] = EncodingHint.DeltaBinaryPacked;
        }

        await using FileStream target = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), target, options).ConfigureAwait(false);
        foreach (Array[] columns in groups)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach ((DataField field, Array values) in fields.Zip(columns))
            {
                await (values switch
                {
                    int[] v when !field.IsNullable => group.WriteAsync<int>(field, v.AsMemory()),
                    bool[] v when !field.IsNullable => group.WriteAsync<bool>(field, v.AsMemory()),
                    long[] v when !field.IsNullable => group.WriteAsync<long>(field, v.AsMemory()),
                    int?[] v => group.WriteAsync<int>(field, v.AsMemory()),
                    uint?[] v => group.WriteAsync<uint>(field, v.AsMemory()),
                    _ => group.WriteAsync<long>(field, ((long?[])values).AsMemory()),
                }).ConfigureAwait(false);
            }

            group.CompleteValidate();
        }
    }

    private static (bool IsNullable, string Name) Type(DataField field) => (field.IsNullable, field.ClrType.Name);

    private static async Task<Array> NullableAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
        return values;
    }

    private static async Task<Array> PlainAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var values = new T[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
        return values;
    }
}
