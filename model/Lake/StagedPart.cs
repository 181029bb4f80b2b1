using Colocate.Model.Tables;
using Parquet;
using Parquet.Schema;

namespace Colocate.Model.Lake;

/// <summary>One file of a <see cref="StagedTable"/>.</summary>
internal sealed class StagedPart : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly ParquetWriter _writer;
    private readonly DataField[] _fields;
    private bool _isComplete;

    private StagedPart(string path, FileStream file, ParquetWriter writer, DataField[] fields) => (Path, _file, _writer, _fields) = (path, file, writer, fields);

    internal string Path { get; }

    internal long Rows { get; private set; }

    internal static async Task<StagedPart> CreateAsync(Table table, string path)
    {
        DataField[] fields = ParquetTable.Fields(table);
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 20);
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file, ParquetTable.Options(table, fields)).ConfigureAwait(false);
        return new StagedPart(path, file, writer, fields);
    }

    internal async Task WriteAsync(RowBatch batch)
    {
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        for (int i = 0; i < _fields.Length; i++)
            await batch.Columns[i].WriteAsync(group, _fields[i], batch.Rows).ConfigureAwait(false);
        group.CompleteValidate();
        Rows += batch.Rows;
    }

    /// <summary>Writes the footer and everything to disk.</summary>
    internal async Task CompleteAsync(Dictionary<string, string> metadata)
    {
        _writer.CustomMetadata = metadata;
        await _writer.DisposeAsync().ConfigureAwait(false);
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync().ConfigureAwait(false);
        _isComplete = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isComplete)
            return;
        _isComplete = true;
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
        File.Delete(Path);
    }
}
