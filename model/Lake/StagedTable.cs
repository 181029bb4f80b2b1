using Colocate.Model.Lake.Files;
using Colocate.Model.Tables;

namespace Colocate.Model.Lake;

/// <summary>
/// A table that is written while its rows are made, because they do not fit into memory. Batches go to its parts in turn, one file each, so
/// that two can be encoded at a time; how many there are does not depend on the machine. Until the output it belongs to is committed it lies
/// in the lake's staging folder; disposed before that, it is gone.
/// </summary>
public sealed class StagedTable : IAsyncDisposable
{
    private const int PartCount = 2;

    private readonly StagedPart[] _parts;
    private readonly Task[] _writing = [.. Enumerable.Repeat(Task.CompletedTask, PartCount)];
    private int _batches;

    private StagedTable(Table table, StagedPart[] parts) => (Table, _parts) = (table, parts);

    /// <summary>The table.</summary>
    public Table Table { get; }

    /// <summary>Rows written.</summary>
    public long Rows => _parts.Sum(p => p.Rows);

    /// <summary>Parts with rows.</summary>
    internal IEnumerable<StagedPart> Parts => _parts.Where(p => p.Rows > 0);

    internal static async Task<StagedTable> CreateAsync(Table table, Func<string> path, LakeFiles files)
    {
        var parts = new StagedPart[PartCount];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = await StagedPart.CreateAsync(table, path(), files).ConfigureAwait(false);
        return new StagedTable(table, parts);
    }

    /// <summary>
    /// Writes a batch as one row group, in the background. None of its buffers may be touched until as many batches more have been given as
    /// there are parts, or <see cref="CompleteAsync"/> is done.
    /// </summary>
    public async Task WriteAsync(RowBatch batch)
    {
        int part = _batches++ % PartCount;
        await _writing[part].ConfigureAwait(false);
        _writing[part] = Task.Run(() => _parts[part].WriteAsync(batch));
    }

    /// <summary>Waits until all batches are written.</summary>
    public Task CompleteAsync() => Task.WhenAll(_writing);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (StagedPart part in _parts)
            await part.DisposeAsync().ConfigureAwait(false);
    }
}
