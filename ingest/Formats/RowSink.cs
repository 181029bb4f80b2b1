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

    /// <summary>The rows of a table; empty when none were added.</summary>
    public IEnumerable<TRow> Of<TRow>()
        where TRow : class, new() => _rows.TryGetValue(Table.Of<TRow>(), out List<object>? list) ? list.Cast<TRow>() : [];

    /// <summary>Every table with rows, in catalogue order.</summary>
    public IEnumerable<KeyValuePair<Table, IReadOnlyList<object>>> Tables() =>
        from table in TableCatalogue.All
        where _rows.ContainsKey(table)
        select new KeyValuePair<Table, IReadOnlyList<object>>(table, _rows[table]);
}
