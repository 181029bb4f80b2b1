namespace Colocate.Ingest.Xentop;

/// <summary>One domain line of a xentop log.</summary>
/// <param name="name">Domain name as printed, cut where xentop cut it.</param>
/// <param name="state">The six state letters.</param>
/// <param name="values">Values by column header; a value printed as <c>-</c>, <c>n/a</c> or <c>no limit</c> is absent.</param>
internal sealed class XentopLine(string name, string state, IReadOnlyDictionary<string, double> values)
{
    internal string Name { get; } = name;

    internal string State { get; } = state;

    /// <summary>The value of a column; null when it was not printed.</summary>
    internal double? Number(string column) => values.TryGetValue(column, out double value) ? value : null;

    /// <summary>The value of a column of whole numbers; null when it was not printed or is no count.</summary>
    internal long? Count(string column) => Number(column) is { } value and < long.MaxValue ? (long)value : null;

    /// <summary>The value of a column of small whole numbers; null when it was not printed or is no such count.</summary>
    internal int? SmallCount(string column) => Count(column) is { } value and <= int.MaxValue ? (int)value : null;
}
