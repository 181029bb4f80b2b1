using System.Globalization;
using System.Text.RegularExpressions;

namespace Colocate.Ingest.Xentop;

/// <summary>
/// Times of iterations by the lines that users interleave with <c>date</c>, and by the summary's first line. A log whose first stamp stands above its first iteration is one whose stamps
/// stand above theirs; else they stand below.
/// </summary>
/// <remarks>Only the time of day counts, which every locale prints alike: a fall by more than half a day is midnight, and any other fall makes the stamps worthless.</remarks>
internal sealed partial class XentopClock
{
    private const double DayS = 86_400;

    /// <summary>Seconds since the first stamp, by iteration.</summary>
    private readonly SortedDictionary<int, double> _seconds = [];
    private double? _firstS;
    private double _lastS;
    private double _daysS;
    private bool _standsAbove;
    private bool _falls;

    /// <summary>Takes a line that is no figure of xentop.</summary>
    /// <param name="line">Its text.</param>
    /// <param name="iteration">Number of the latest iteration above it; -1 before the first one.</param>
    internal void Add(string line, int iteration)
    {
        if (TimeOfDay(line) is not { } now)
            return;
        if (_firstS is null)
            (_firstS, _lastS, _standsAbove) = (now, now, iteration < 0);
        if (now < _lastS - (DayS / 2))
            _daysS += DayS;
        else
            _falls |= now < _lastS;
        _lastS = now;

        // Of several stamps of an iteration the one nearest to it counts.
        double seconds = now + _daysS - _firstS.Value;
        if (_standsAbove)
            _seconds[iteration + 1] = seconds;
        else
            _seconds.TryAdd(iteration, seconds);
    }

    /// <summary>Seconds since the first iteration, by iteration; null without stamps. An iteration without one comes a nominal interval after the one before it.</summary>
    /// <param name="iterations">How many there are.</param>
    /// <param name="nominalS">Nominal interval.</param>
    internal double[]? Times(int iterations, double nominalS)
    {
        // One stamp tells when a log was begun, not how it went on.
        if (_falls || _seconds.Keys.Count(k => k < iterations) < 2)
            return null;
        (int first, double firstS) = _seconds.First();
        var times = new double[iterations];
        for (int i = 1; i < iterations; i++)
        {
            times[i] = i <= first ? i * nominalS
                : _seconds.TryGetValue(i, out double stampS) ? Math.Max(times[i - 1], stampS - firstS + (first * nominalS))
                : times[i - 1] + nominalS;
        }

        return times;
    }

    private static double? TimeOfDay(string line)
    {
        if (Clock().Match(line) is { Success: true } clock)
        {
            double Part(int group) => double.Parse(clock.Groups[group].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            double hour = Part(1), half = clock.Groups[4].Value.Length == 0 ? hour : (hour % 12) + (clock.Groups[4].Value is "PM" or "pm" ? 12 : 0);
            return hour < 24 && Part(2) < 60 && Part(3) < 61 ? (half * 3600) + (Part(2) * 60) + Part(3) : null;
        }

        return Epoch().IsMatch(line) ? double.Parse(line, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) % DayS : null;
    }

    [GeneratedRegex(@"(?<![0-9:])([0-9]{1,2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,9})?)(?![0-9:])(?: ?([AaPp][Mm])\b)?", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^[0-9]{10}(\.[0-9]{1,9})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Epoch();
}
