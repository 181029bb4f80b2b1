using System.Globalization;
using System.Text.RegularExpressions;

namespace Colocate.Ingest.Text;

/// <summary>
/// One line of a program's report: its fixed words, and the names of the figures between them. Lines are found by their words, not by
/// their place, because error output and comments stand in between.
/// </summary>
internal sealed partial class LineTemplate
{
    private readonly Regex _pattern;

    /// <param name="template">The line with each figure as <c>{name}</c>; names are unique in a report.</param>
    /// <param name="isOptional">True for lines that the program prints only with some options.</param>
    internal LineTemplate(string template, bool isOptional = false)
    {
        Words = template[..template.IndexOf('{')];
        IsOptional = isOptional;
        EndsInFigure = template[^1] == '}';
        _pattern = new Regex(
            "^" + Placeholder().Replace(Regex.Escape(template), @"(?<$1>[-+]?(?:[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|nan|inf))") + "$",
            RegexOptions.CultureInvariant);
    }

    /// <summary>The words before the first figure.</summary>
    internal string Words { get; }

    internal bool IsOptional { get; }

    /// <summary>True when a cut line can pass for a whole one, with a wrong last figure.</summary>
    internal bool EndsInFigure { get; }

    /// <summary>The figures of a line by name, infinite and not-a-number ones included; null when it is another line.</summary>
    internal IEnumerable<KeyValuePair<string, double>>? Parse(string line)
    {
        if (!line.StartsWith(Words, StringComparison.Ordinal) || _pattern.Match(line) is not { Success: true } match)
            return null;
        return match.Groups.Values.Skip(1).Select(g => KeyValuePair.Create(g.Name, Figure(g.Value)));
    }

    private static double Figure(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    [GeneratedRegex(@"\\\{(\w+)}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
