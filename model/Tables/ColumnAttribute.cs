namespace Colocate.Model.Tables;

/// <summary>
/// Declares a property to be a column. The column's name is the property's in snake_case. It is the property's documentation too:
/// unit and meaning stand here once, and travel into file metadata, JSON schema and the <c>tables</c> command.
/// </summary>
/// <param name="unit">Unit of a number (see <see cref="Unit"/>), or what kind of text it is.</param>
/// <param name="description">What the value is, as one sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnAttribute(string unit, string description) : Attribute
{
    /// <summary>Unit, never empty.</summary>
    public string Unit { get; } = unit;

    /// <summary>Meaning, never empty.</summary>
    public string Description { get; } = description;

    /// <summary>What null means; required for a column that may be null, absent for any other.</summary>
    public string? NullMeans { get; init; }

    /// <summary>Name of the text property that says why this value is null in this row; null when no row tells.</summary>
    public string? ReasonIn { get; init; }

    /// <summary>
    /// 0 for a column its table began with. One that a type shared by several tables gains later has the number of that addition, and stands behind
    /// all columns of lower numbers, whatever type declares them: a stored table may only gain columns at its end.
    /// </summary>
    public int Addition { get; init; }
}
