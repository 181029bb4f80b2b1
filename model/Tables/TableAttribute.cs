namespace Colocate.Model.Tables;

/// <summary>Declares a row type to be a table of the lake. The properties that carry <see cref="ColumnAttribute"/> are its columns, in order.</summary>
/// <param name="name">Table name in snake_case, plural.</param>
/// <param name="description">What one row is, as one sentence.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TableAttribute(string name, string description) : Attribute
{
    /// <summary>Table name.</summary>
    public string Name { get; } = name;

    /// <summary>What one row is.</summary>
    public string Description { get; } = description;

    /// <summary>True for a table whose rows have no columns <c>run</c> and <c>campaign</c>: name and folder of each file tell them.</summary>
    public bool KeysStandInPath { get; init; }

    /// <summary>Version of the table's layout; raised only when a column's meaning changes, never for an added column.</summary>
    public int Version { get; init; } = 1;
}
