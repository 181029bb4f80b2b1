using Colocate.Model.Lake;

namespace Colocate.Ingest.Xentrace.Events;

/// <summary>Rows of the table <c>events</c>, column by column.</summary>
internal sealed class RecordBatch
{
    /// <summary>Rows of a row group: enough for readers that work through groups in parallel, few enough to hold three of them.</summary>
    internal const int Capacity = 131_072;

    internal const int MaxWords = 7;

    internal RecordBatch() => Rows = new RowBatch([Pcpu, Tsc, TsNs, EventId, Domid, Vcpu, .. Words, HasTsc]);

    internal RowBatch Rows { get; }

    internal ColumnBuffer<int> Pcpu { get; } = new(Capacity);

    internal ColumnBuffer<long> Tsc { get; } = new(Capacity);

    internal NullableColumnBuffer<long> TsNs { get; } = new(Capacity);

    internal ColumnBuffer<int> EventId { get; } = new(Capacity);

    internal NullableColumnBuffer<int> Domid { get; } = new(Capacity);

    internal NullableColumnBuffer<int> Vcpu { get; } = new(Capacity);

    internal ColumnBuffer<bool> HasTsc { get; } = new(Capacity);

    internal NullableColumnBuffer<uint>[] Words { get; } = [.. Enumerable.Range(0, MaxWords).Select(_ => new NullableColumnBuffer<uint>(Capacity))];
}
