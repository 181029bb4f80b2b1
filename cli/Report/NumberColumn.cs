namespace Colocate.Cli.Report;

/// <summary>One column of a table beside a figure.</summary>
/// <param name="Name">Name in the CSV file: snake_case, with the unit at the end.</param>
/// <param name="Heading">Name for people, with the unit shown.</param>
/// <param name="Format">How values are shown.</param>
public record NumberColumn(string Name, string Heading, NumberFormat Format)
{
    /// <summary>True when the column is set flush right.</summary>
    public bool IsNumeric => Format >= NumberFormat.Count;
}

/// <summary>A column that knows where its values come from.</summary>
/// <typeparam name="TRow">What one row of the table is made from.</typeparam>
/// <param name="Name">Name in the CSV file: snake_case, with the unit at the end.</param>
/// <param name="Heading">Name for people, with the unit shown.</param>
/// <param name="Format">How values are shown.</param>
/// <param name="Value">The value in a row: string, bool, a number, or null for unknown.</param>
public sealed record NumberColumn<TRow>(string Name, string Heading, NumberFormat Format, Func<TRow, object?> Value)
    : NumberColumn(Name, Heading, Format);
