using System.Globalization;

namespace Colocate.Ingest.Wrk;

/// <summary>Figures as wrk prints them, with a unit behind: <c>src/units.c</c>.</summary>
internal static class WrkFigure
{
    /// <summary>A time in seconds: <c>us</c>, <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>; not a number when it is none.</summary>
    internal static double Seconds(string text) => Scaled(text, UnitOf(text) switch { "us" => 1e-6, "ms" => 1e-3, "s" => 1, "m" => 60, "h" => 3600, _ => double.NaN });

    /// <summary>Half of the last printed digit of a time, in seconds: wrk prints two decimals of whatever unit it chose.</summary>
    internal static double SecondsRounding(string text) => Seconds("0.005" + UnitOf(text));

    /// <summary>A count: plain, or in thousands (<c>k</c>, <c>M</c>, ...).</summary>
    internal static double Metric(string text) => Scaled(text, Power(UnitOf(text), "kMGTP", 1000));

    /// <summary>A size in bytes: <c>B</c>, or in steps of 1024 (<c>KB</c>, <c>MB</c>, ...).</summary>
    internal static double Bytes(string text) => text.EndsWith('B') ? Scaled(text, Power(UnitOf(text)[..^1], "KMGTP", 1024)) : double.NaN;

    private static string UnitOf(string text) => text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');

    private static double Power(string unit, string prefixes, double step) =>
        unit.Length == 0 ? 1 : unit.Length == 1 && prefixes.IndexOf(unit[0], StringComparison.Ordinal) is >= 0 and var i ? Math.Pow(step, i + 1) : double.NaN;

    private static double Scaled(string text, double factor) =>
        double.TryParse(text.AsSpan()[..^UnitOf(text).Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value * factor : double.NaN;
}
