using System.Text;

namespace Colocate.Cli.Output;

/// <summary>Text from inputs made visible: what a terminal would obey, or what turns the reading order around, is shown instead of done.</summary>
public static class VisibleText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text with control characters as their pictures (U+2400 and following), and bidirectional controls, C1 controls and halves of surrogate pairs as
    /// U+FFFD. Tabs and ends of line stay when <paramref name="keepsLines"/>, for fields that may hold several lines.
    /// </summary>
    public static string Of(string text, bool keepsLines = false)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text;
        var shown = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                shown.Append(c).Append(text[++i]);
            else
                shown.Append(Shown(c, keepsLines));
        }

        return shown.ToString();
    }

    private static char Shown(char c, bool keepsLines) => c switch
    {
        '\t' or '\n' or '\r' when keepsLines => c,
        < ' ' => (char)('\u2400' + c),
        '\u007F' => '\u2421',
        >= '\u0080' and <= '\u009F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' => Replacement,
        _ => char.IsSurrogate(c) ? Replacement : c,
    };
}
