using Colocate.Model.Tables;

namespace Colocate.Ingest.Formats;

/// <summary>Collects the rows that reading one run yields, by table, in the order added. Not thread safe.</summary>
public sealed class RowSink
{
    private readonly Dictionary<Table, RowList> _rows = [];

    /// <summary>Adds a row to its table.</summary>
    public void Add<TRow>(TRow row)
        where TRow : class, new() => ListOf(Table.Of<TRow>()).Add(row);

    /// <summary>Adds rows to their table that are made when they are written, because all of them at once would fill the memory.</summary>
    /// <param name="count">How many.</param>
    /// <param name="row">Makes the row of a number from 0, always the same one; called by any thread, beside those of other tables, after the reading has ended.</param>
    public void Add<TRow>(int count, Func<int, TRow> row)
        where TRow : class, new() => ListOf(Table.Of<TRow>()).Add(count, row);

    /// <summary>Adds all rows of another sink, to which nothing is added any more.</summary>
    public void Add(RowSink other)
    {
        foreach ((Table table, RowList rows) in other._rows)
            ListOf(table).Add(rows);
    }

    /// <summary>Replaces the rows of a table.</summary>
    public void Replace<TRow>(Func<IEnumerable<TRow>, IEnumerable<TRow>> change)
        where TRow : class, new()
    {
        var rows = new RowList();
        foreach (TRow row in change(Of<TRow>()))
            rows.Add(row);
        _rows[Table.Of<TRow>()] = rows;
    }

    /// <summary>The rows of a table; empty when none were added.</summary>
    public IEnumerable<TRow> Of<TRow>()
        where TRow : class, new() => _rows.TryGetValue(Table.Of<TRow>(), out RowList? list) ? list.Cast<TRow>() : [];

    /// <summary>Every table with rows, in catalogue order.</summary>
    public IEnumerable<KeyValuePair<Table, IReadOnlyList<object>>> Tables() =>
        from table in TableCatalogue.All
        where _rows.TryGetValue(table, out RowList? rows) && rows.Count > 0
        select new KeyValuePair<Table, IReadOnlyList<object>>(table, _rows[table]);

    private RowList ListOf(Table table)
    {
        if (!_rows.TryGetValue(table, out RowList? list))
            _rows.Add(table, list = new RowList());
        return list;
    }
}
