using System.Globalization;
using System.Text.RegularExpressions;

namespace Colocate.Ingest.Runs;

/// <summary>The times that stand between the iterations of a xentop log, by <c>date</c> or by xentop's own summary.</summary>
internal static partial class XentopTimes
{
    private const double DayS = 86400;

    /// <summary>No line with a time is longer; domain lines are.</summary>
    private const int MaxLineLength = 64;

    /// <summary>Seconds from one iteration to the next: the median, because xentop waits for CPU at times. Null unless there are three iterations and each has its time.</summary>
    /// <param name="lines">The log.</param>
    /// <param name="iterations">Iterations in the log.</param>
    internal static double? IntervalS(IEnumerable<string> lines, int iterations)
    {
        double[] times = [.. lines.Select(TimeS).OfType<double>()];

        double[] steps = [.. times.Zip(times.Skip(1)).Select(t => t.Second >= t.First ? t.Second - t.First : t.Second - t.First + DayS).Order()];
        return iterations > 2 && steps.Length >= iterations - 1 && steps[steps.Length / 2] is > 0 and < DayS and var median ? median : null;
    }

    private static double? TimeS(string line)
    {
        if (line.Length > MaxLineLength)
            return null;
        if (Epoch().IsMatch(line))
            return double.Parse(line, CultureInfo.InvariantCulture);
        return Clock().Match(line) is { Success: true } clock ? (((Part(clock, 1) * 60) + Part(clock, 2)) * 60) + Part(clock, 3) : null;
    }

    private static double Part(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b([0-9]{1,2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,9})?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^[0-9]{10}(\.[0-9]{1,9})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Epoch();
}
