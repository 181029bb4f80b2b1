using Colocate.Model.Tables;

namespace Colocate.Ingest.Formats;

/// <summary>Collects the rows that reading one run yields, by table, in the order added. Not thread safe.</summary>
public sealed class RowSink
{
    private readonly Dictionary<Table, List<object>> _rows = [];

    /// <summary>Adds a row to its table.</summary>
    public void Add<TRow>(TRow row)
        where TRow : class, new()
    {
        Table table = Table.Of<TRow>();
        if (!_rows.TryGetValue(table, out List<object>? list))
            _rows.Add(table, list = []);
        list.Add(row);
    }

    /// <summary>Adds all rows of another sink.</summary>
    public void Add(RowSink other)
    {
        foreach ((Table table, List<object> rows) in other._rows)
        {
            if (_rows.TryGetValue(table, out List<object>? list))
                list.AddRange(rows);
            else
                _rows.Add(table, [.. rows]);
        }
    }

    /// <summary>Replaces the rows of a table.</summary>
    public void Replace<TRow>(Func<IEnumerable<TRow>, IEnumerable<TRow>> change)
        where TRow : class, new()
    {
        List<object> rows = [.. change(Of<TRow>())];
        _rows[Table.Of<TRow>()] = rows;
    }

    /// <summary>The rows of a table; empty when none were added.</summary>
    public IEnumerable<TRow> Of<TRow>()
        where TRow : class, new() => _rows.TryGetValue(Table.Of<TRow>(), out List<object>? list) ? list.Cast<TRow>() : [];

    /// <summary>Every table with rows, in catalogue order.</summary>
    public IEnumerable<KeyValuePair<Table, IReadOnlyList<object>>> Tables() =>
        from table in TableCatalogue.All
        where _rows.TryGetValue(table, out List<object>? rows) && rows.Count > 0
        select new KeyValuePair<Table, IReadOnlyList<object>>(table, _rows[table]);
}
