using System.Globalization;

namespace Colocate.Cli.Export;

/// <summary>
/// A value as a field of an exported CSV file (RFC 4180). Null is an empty field, an empty text <c>""</c>. A text that a spreadsheet could take for a
/// formula (it begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, tab or carriage return) or that begins with <c>'</c> gets a <c>'</c> before it: whoever
/// removes one leading <c>'</c> from texts has them back. Numbers are written so that they read back as the same number.
/// </summary>
internal static class CsvText
{
    internal static string Field(object? value) => value switch
    {
        null => "",
        string text => Quote(Guard(text)),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"no CSV for {value.GetType()}"),
    };

    /// <summary>The text with its guard, where it needs one.</summary>
    internal static string Guard(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\'' ? "'" + text : text;

    private static string Quote(string text) =>
        text.Length > 0 && text.AsSpan().IndexOfAny(",\"\r\n\0") < 0 && text.Trim().Length == text.Length ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
