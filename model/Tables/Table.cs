using System.Reflection;

namespace Colocate.Model.Tables;

/// <summary>A table of the lake, read off its row type.</summary>
public sealed class Table
{
    private Table(Type rowType, Func<PropertyInfo, ColumnAccess> access)
    {
        TableAttribute attribute = rowType.GetCustomAttribute<TableAttribute>()
            ?? throw new InvalidOperationException($"{rowType} carries no {nameof(TableAttribute)}");
        RowType = rowType;
        Name = attribute.Name;
        Description = attribute.Description;
        Version = attribute.Version;
        KeysStandInPath = attribute.KeysStandInPath;
        Columns =
        [
            .. Hierarchy(rowType)
                .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).OrderBy(p => p.MetadataToken))
                .Select(p => (Property: p, Attribute: p.GetCustomAttribute<ColumnAttribute>()))
                .Where(c => c.Attribute is not null)
                .OrderBy(c => c.Attribute!.Addition)
                .Select(c => new Column(c.Property, c.Attribute!, access)),
        ];
    }

    /// <summary>Type of one row.</summary>
    public Type RowType { get; }

    /// <summary>Name in snake_case.</summary>
    public string Name { get; }

    /// <summary>What one row is.</summary>
    public string Description { get; }

    /// <summary>Version of the layout.</summary>
    public int Version { get; }

    /// <summary>True when name and folder of a file tell <c>run</c> and <c>campaign</c> of its rows, which have no such columns.</summary>
    public bool KeysStandInPath { get; }

    /// <summary>The columns in file order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The table whose rows are <typeparamref name="TRow"/>.</summary>
    public static Table Of<TRow>()
        where TRow : class, new() => Cache<TRow>.Instance;

    /// <summary>The row type, then its base: keys stand before the measures that several tables share.</summary>
    private static IEnumerable<Type> Hierarchy(Type rowType)
    {
        for (Type? type = rowType; type is not null && type != typeof(object); type = type.BaseType)
            yield return type;
    }

    private static class Cache<TRow>
        where TRow : class, new()
    {
        internal static readonly Table Instance = new(typeof(TRow), ColumnAccess.Of<TRow>);
    }
}
