using System.Runtime.CompilerServices;
using Colocate.Ingest.Xentrace.Scan;
using Colocate.Model.Lake;

namespace Colocate.Ingest.Xentrace.Events;

/// <summary>
/// Writes records as rows of the table <c>events</c>: one batch is filled while two are encoded and compressed. Allocates three
/// batches, nothing per record.
/// </summary>
internal sealed class RecordRows(RecordFilter filter, double? hz, StagedTable table)
{
    /// <summary>One is filled while the table writes two.</summary>
    private readonly RecordBatch[] _batches = [.. Enumerable.Range(0, 3).Select(_ => new RecordBatch())];
    private RecordBatch? _current;
    private int _filled;
    private ulong _first;
    private ulong _from;
    private ulong _to = ulong.MaxValue;

    internal void Begin(ulong first)
    {
        _first = first;
        (_from, _to) = filter.Range(first);
    }

    internal void Add(PcpuScan on, uint header, ulong tsc, ref uint payload)
    {
        if (tsc < _from || tsc >= _to || !filter.WantsDomain(on.Domain?.Domid) || !filter.WantsEvent(header & 0x0fffffff))
            return;
        unchecked
        {
            RecordBatch batch = _current ??= _batches[0];
            int row = batch.Rows.Rows;
            batch.Pcpu.Values[row] = on.Pcpu;
            batch.Tsc.Values[row] = (long)tsc;
            if (hz is { } known)
                batch.TsNs.Set(row, (long)Math.Round((tsc > _first ? tsc - _first : 0) * 1e9 / known));
            batch.EventId.Values[row] = (int)(header & 0x0fffffff);
            batch.HasTsc.Values[row] = header >> 31 != 0;
            if (on.Domain is { } domain)
            {
                batch.Domid.Set(row, domain.Domid);
                batch.Vcpu.Set(row, on.Vcpu);
            }

            int words = (int)(header >> 28) & 7;
            NullableColumnBuffer<uint>[] columns = batch.Words;
            for (int i = 0; i < words; i++)
                columns[i].Set(row, Unsafe.Add(ref payload, i));
            batch.Rows.Rows = row + 1;
            if (row + 1 == RecordBatch.Capacity)
                Write(batch);
        }
    }

    /// <summary>Writes what is left and waits for it.</summary>
    internal void Complete()
    {
        if (_current is { Rows.Rows: > 0 })
            Write(_current);
        table.CompleteAsync().GetAwaiter().GetResult();
    }

    private void Write(RecordBatch full)
    {
        table.WriteAsync(full.Rows).GetAwaiter().GetResult();

        // The table has taken two since the next one: it is done with that.
        _current = _batches[++_filled % _batches.Length];
        _current.Rows.Rows = 0;
    }
}
