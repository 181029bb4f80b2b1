namespace Colocate.Simulate.Claims;

/// <summary>A word of a command for a POSIX shell.</summary>
internal static class ShellWord
{
    /// <summary>The text as one word, in quotation marks where it needs them.</summary>
    internal static string Of(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "/.-_:+=@%\\".Contains(c)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
