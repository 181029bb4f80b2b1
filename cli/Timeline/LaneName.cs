using System.Globalization;
using System.Text;

namespace Colocate.Cli.Timeline;

/// <summary>
/// Names from inputs as names of lanes: one line of plain text. What could hide or reorder text (controls, line breaks, direction marks,
/// halves of characters) becomes U+FFFD; what is longer than <see cref="Most"/> characters is cut.
/// </summary>
internal static class LaneName
{
    /// <summary>Most characters of a name.</summary>
    internal const int Most = 120;

    internal static string Of(string name)
    {
        var plain = new StringBuilder(Math.Min(name.Length, Most));
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (plain.Length + rune.Utf16SequenceLength > Most - 1)
            {
                plain.Append('…');
                break;
            }

            bool isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            plain.Append((isHidden ? Rune.ReplacementChar : rune).ToString());
        }

        return plain.ToString();
    }
}
