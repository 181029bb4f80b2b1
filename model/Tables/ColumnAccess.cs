using System.Reflection;

namespace Colocate.Model.Tables;

/// <summary>Gets and sets the values of one column.</summary>
internal abstract class ColumnAccess
{
    /// <summary>The value in a row; null means unknown.</summary>
    internal abstract object? Get(object row);

    /// <summary>Access to a property of rows of a type.</summary>
    internal static ColumnAccess Of<TRow>(PropertyInfo property)
        where TRow : class => property.PropertyType switch
        {
            var t when t == typeof(string) => new ColumnAccess<TRow, string?>(property),
            var t when t == typeof(bool) => new ColumnAccess<TRow, bool>(property),
            var t when t == typeof(bool?) => new ColumnAccess<TRow, bool?>(property),
            var t when t == typeof(int) => new ColumnAccess<TRow, int>(property),
            var t when t == typeof(int?) => new ColumnAccess<TRow, int?>(property),
            var t when t == typeof(uint) => new ColumnAccess<TRow, uint>(property),
            var t when t == typeof(uint?) => new ColumnAccess<TRow, uint?>(property),
            var t when t == typeof(long) => new ColumnAccess<TRow, long>(property),
            var t when t == typeof(long?) => new ColumnAccess<TRow, long?>(property),
            var t when t == typeof(double) => new ColumnAccess<TRow, double>(property),
            var t when t == typeof(double?) => new ColumnAccess<TRow, double?>(property),
            var t => throw new InvalidOperationException($"{property.DeclaringType}.{property.Name}: no column can hold {t}"),
        };
}

/// <summary>Gets and sets many values at a time.</summary>
/// <typeparam name="T">Type of the property.</typeparam>
internal abstract class ColumnAccess<T> : ColumnAccess
{
    /// <summary>The values in some rows.</summary>
    internal abstract T[] ValuesIn(IReadOnlyList<object> rows);

    /// <summary>Sets the values in rows, from one of them on.</summary>
    internal abstract void Set(IReadOnlyList<object> rows, int first, IReadOnlyList<T> values);
}

/// <summary>The same through the property's own methods: no value is boxed, and nothing is looked up for each.</summary>
/// <typeparam name="TRow">Type of the rows.</typeparam>
/// <typeparam name="T">Type of the property.</typeparam>
internal sealed class ColumnAccess<TRow, T>(PropertyInfo property) : ColumnAccess<T>
    where TRow : class
{
    private readonly Func<TRow, T> _get = property.GetMethod!.CreateDelegate<Func<TRow, T>>();
    private readonly Action<TRow, T> _set = property.SetMethod!.CreateDelegate<Action<TRow, T>>();

    internal override object? Get(object row) => _get((TRow)row);

    internal override T[] ValuesIn(IReadOnlyList<object> rows)
    {
        var values = new T[rows.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = _get((TRow)rows[i]);
        return values;
    }

    internal override void Set(IReadOnlyList<object> rows, int first, IReadOnlyList<T> values)
    {
        for (int i = 0; i < values.Count; i++)
            _set((TRow)rows[first + i], values[i]);
    }
}
