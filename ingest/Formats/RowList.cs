using System.Collections;

namespace Colocate.Ingest.Formats;

/// <summary>Rows of one table in the order added: some are there, others are made whenever they are asked for, because all of them at once would fill the memory.</summary>
internal sealed class RowList : IReadOnlyList<object>
{
    private readonly List<(int Count, Func<int, object> Row)> _parts = [];
    private List<object>? _last;

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public object this[int index]
    {
        get
        {
            foreach ((int count, Func<int, object> row) in _parts)
            {
                if (index < count)
                    return row(index);
                index -= count;
            }

            return (_last ?? [])[index];
        }
    }

    /// <summary>Adds a row.</summary>
    internal void Add(object row)
    {
        (_last ??= []).Add(row);
        Count++;
    }

    /// <summary>Adds rows that are made when they are asked for.</summary>
    /// <param name="count">How many.</param>
    /// <param name="row">Makes the row of a number from 0; always the same one.</param>
    internal void Add(int count, Func<int, object> row)
    {
        Seal();
        _parts.Add((count, row));
        Count += count;
    }

    /// <summary>Adds the rows of another list, to which nothing is added any more.</summary>
    internal void Add(RowList other)
    {
        foreach ((int count, Func<int, object> row) in other._parts)
            Add(count, row);
        if (other._last is { } rows)
            Add(rows.Count, i => rows[i]);
    }

    /// <inheritdoc/>
    public IEnumerator<object> GetEnumerator()
    {
        foreach ((int count, Func<int, object> row) in _parts)
        {
            for (int i = 0; i < count; i++)
                yield return row(i);
        }

        foreach (object row in _last ?? [])
            yield return row;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What comes now stands behind the rows so far.</summary>
    private void Seal()
    {
        if (_last is not { } rows)
            return;
        _parts.Add((rows.Count, i => rows[i]));
        _last = null;
    }
}
