namespace Colocate.Model.Lake;

/// <summary>Rows of a table column by column, of which there may be too many to hold: a batch becomes one row group.</summary>
/// <param name="columns">One buffer a column of the table, in its order.</param>
public sealed class RowBatch(IReadOnlyList<ColumnBuffer> columns)
{
    /// <summary>Rows filled.</summary>
    public int Rows { get; set; }

    internal IReadOnlyList<ColumnBuffer> Columns => columns;
}
