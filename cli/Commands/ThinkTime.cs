using System.Globalization;

namespace Colocate.Cli.Commands;

/// <summary>How long users think, as an option says it.</summary>
/// <param name="MeanS">Mean, in seconds.</param>
/// <param name="IsExponential">Whether times are exponential; else all are alike.</param>
internal sealed record ThinkTime(double MeanS, bool IsExponential)
{
    private const string Exponential = "exp:";

    /// <summary>The time that a text such as <c>10ms</c>, <c>2s</c>, <c>2</c> or <c>exp:10ms</c> means; null when it means none from 0 to 1e6 s.</summary>
    internal static ThinkTime? Parse(string text)
    {
        bool exponential = text.StartsWith(Exponential, StringComparison.Ordinal);
        string time = exponential ? text[Exponential.Length..] : text;
        (string number, double unitS) = time.EndsWith("ms", StringComparison.Ordinal) ? (time[..^2], 1e-3) : (time.EndsWith('s') ? time[..^1] : time, 1);
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value * unitS is >= 0 and <= 1e6 ? new ThinkTime(value * unitS, exponential) : null;
    }
}
