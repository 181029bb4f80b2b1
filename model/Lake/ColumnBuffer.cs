using Parquet;
using Parquet.Schema;

namespace Colocate.Model.Lake;

/// <summary>Values of one column of a <see cref="RowBatch"/>, filled in place and used again.</summary>
public abstract class ColumnBuffer
{
    internal abstract Task WriteAsync(ParquetRowGroupWriter group, DataField field, int rows);
}

/// <summary>Values of a column that is never null.</summary>
/// <typeparam name="T">bool, int, uint, long or double.</typeparam>
public sealed class ColumnBuffer<T>(int capacity) : ColumnBuffer
    where T : struct
{
    /// <summary>The values; those up to the batch's row count are written.</summary>
    public T[] Values { get; } = new T[capacity];

    internal override Task WriteAsync(ParquetRowGroupWriter group, DataField field, int rows) => group.WriteAsync<T>(field, Values.AsMemory(0, rows));
}

/// <summary>Values of a column that may be null: those that are not, and for each row whether there is one.</summary>
/// <typeparam name="T">int, uint, long or double.</typeparam>
public sealed class NullableColumnBuffer<T>(int capacity) : ColumnBuffer
    where T : struct
{
    private readonly T[] _values = new T[capacity];
    private readonly int[] _present = new int[capacity];
    private int _count;

    /// <summary>Sets the value of a row; rows are filled in rising order, and those left out are null.</summary>
    public void Set(int row, T value)
    {
        _present[row] = 1;
        _values[_count++] = value;
    }

    internal override async Task WriteAsync(ParquetRowGroupWriter group, DataField field, int rows)
    {
        await group.WriteAllPartsAsync<T>(field, _values.AsMemory(0, _count), definitionValues: _present.AsMemory(0, rows), repetitionLevels: null, CancellationToken.None).ConfigureAwait(false);
        _present.AsSpan(0, rows).Clear();
        _count = 0;
    }
}
