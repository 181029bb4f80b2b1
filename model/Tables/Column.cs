using System.Reflection;
using System.Text;

namespace Colocate.Model.Tables;

/// <summary>One column of a table: name, type, unit and meaning, and how to reach its value in a row.</summary>
public sealed class Column
{
    private readonly PropertyInfo? _reason;
    private readonly Lazy<ColumnAccess> _access;

    internal Column(PropertyInfo property, ColumnAttribute attribute, Func<PropertyInfo, ColumnAccess> access)
    {
        Property = property;
        _access = new Lazy<ColumnAccess>(() => access(property));
        _reason = attribute.ReasonIn is null ? null : property.DeclaringType!.GetProperty(attribute.ReasonIn)
            ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name}: no property {attribute.ReasonIn}");
        Name = SnakeCase(property.Name);
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Unit = attribute.Unit;
        Description = attribute.Description;
        NullMeans = attribute.NullMeans;
        ReasonColumn = attribute.ReasonIn is null ? null : SnakeCase(attribute.ReasonIn);
    }

    /// <summary>Name in snake_case.</summary>
    public string Name { get; }

    /// <summary>Type of a value that is not null: string, bool, int, uint, long or double.</summary>
    public Type Type { get; }

    /// <summary>Unit, or the kind of text.</summary>
    public string Unit { get; }

    /// <summary>Range of a value that is not null; null when there is no bound.</summary>
    public string? Range => Type == typeof(bool) ? "true or false" : Type == typeof(string) ? null : Tables.Unit.RangeOf(Unit);

    /// <summary>Meaning, one sentence.</summary>
    public string Description { get; }

    /// <summary>What null means; null when the column is never null.</summary>
    public string? NullMeans { get; }

    /// <summary>True when a value may be null.</summary>
    public bool IsNullable => NullMeans is not null;

    /// <summary>Name of the column that says why this one is null; null when there is none.</summary>
    public string? ReasonColumn { get; }

    /// <summary>The value in a row; null means unknown.</summary>
    public object? Get(object row) => _access.Value.Get(row);

    /// <summary>Why the value in this row is null; null when no reason is known.</summary>
    public string? GetReason(object row) => (string?)_reason?.GetValue(row);

    internal PropertyInfo Property { get; }

    /// <summary>The values in some rows. <typeparamref name="T"/> is the column's type, nullable where it is a number that may be null.</summary>
    internal T[] ValuesIn<T>(IReadOnlyList<object> rows) => ((ColumnAccess<T>)_access.Value).ValuesIn(rows);

    /// <summary>Sets the values in rows, from one of them on.</summary>
    internal void Set<T>(IReadOnlyList<object> rows, int first, IReadOnlyList<T> values) => ((ColumnAccess<T>)_access.Value).Set(rows, first, values);

    /// <summary><c>CpuUsPerExecution</c> becomes <c>cpu_us_per_execution</c>; digits stay with the word before them.</summary>
    public static string SnakeCase(string pascal)
    {
        var name = new StringBuilder(pascal.Length + 8);
        for (int i = 0; i < pascal.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(pascal[i]))
                name.Append('_');
            name.Append(char.ToLowerInvariant(pascal[i]));
        }

        return name.ToString();
    }
}
