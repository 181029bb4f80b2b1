using Colocate.Model.Tables;

namespace Colocate.Cli.Output;

/// <summary>Rows of the lake as records: a field a column, and a reason beside what is unknown.</summary>
public static class TableRecords
{
    /// <summary>Adds all columns of a row that the record does not have yet; columns that only hold reasons become siblings of what they explain.</summary>
    public static Record AddColumns(this Record record, Table table, object row)
    {
        var reasons = table.Columns.Select(c => c.ReasonColumn).Where(c => c is not null).ToHashSet();
        foreach (Column column in table.Columns.Where(c => !reasons.Contains(c.Name) && !record.Has(c.Name)))
            record.Add(column.Name, column.Get(row), column.GetReason(row));
        return record;
    }

    /// <summary>A row with all its columns.</summary>
    public static Record Of<TRow>(TRow row)
        where TRow : class, new() => new Record().AddColumns(Table.Of<TRow>(), row);
}
