using Colocate.Model.Lake.Files;
using Colocate.Model.Tables;
using Parquet;
using Parquet.Schema;

namespace Colocate.Model.Lake;

/// <summary>One file of a <see cref="StagedTable"/>.</summary>
internal sealed class StagedPart : IAsyncDisposable
{
    private readonly Stream _file;
    private readonly LakeFiles _files;
    private readonly ParquetWriter _writer;
    private readonly DataField[] _fields;
    private bool _isComplete;

    private StagedPart(string path, Stream file, LakeFiles files, ParquetWriter writer, DataField[] fields) => (Path, _file, _files, _writer, _fields) = (path, file, files, writer, fields);

    internal string Path { get; }

    internal long Rows { get; private set; }

    internal static async Task<StagedPart> CreateAsync(Table table, string path, LakeFiles files)
    {
        DataField[] fields = ParquetTable.Fields(table);
        Stream file = files.Create(path);
        try
        {
            ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file, ParquetTable.Options(table, fields)).ConfigureAwait(false);
            return new StagedPart(path, file, files, writer, fields);
        }
        catch
        {
            OutputWriter.Abandon(file);
            files.TryDelete(path);
            throw;
        }
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
        LakeFiles.Close(_file);
        _isComplete = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isComplete)
            return;
        _isComplete = true;
        try
        {
            await _writer.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The footer of a file that nobody wants: whatever made the table fail is told elsewhere.
        }

        OutputWriter.Abandon(_file);
        _files.TryDelete(Path);
    }
}
