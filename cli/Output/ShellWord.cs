namespace Colocate.Cli.Output;

/// <summary>A text as one word of a POSIX shell.</summary>
internal static class ShellWord
{
    /// <summary>The text itself where no shell would take it apart, else in single quotes.</summary>
    internal static string Of(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or '=' or ':' or ',' or '+') && text[0] != '-'
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
