using System.Globalization;

namespace Colocate.Cli.Report;

/// <summary>Values as people read them, the same in every culture. An unknown value is a dash.</summary>
public static class Show
{
    private const string Unknown = "–";

    private static readonly NumberFormatInfo s_format = new() { NumberGroupSeparator = "\u202F", NegativeSign = "\u2212" };

    /// <summary>A whole number with its noun: <c>1 run</c>, <c>2 runs</c>.</summary>
    public static string Count(long n, string noun, string? plural = null) => $"{n.ToString("#,0", s_format)} {(n == 1 ? noun : plural ?? noun + "s")}";

    /// <summary>A score or rate with two decimals.</summary>
    public static string Number(double? value) => value?.ToString("0.00", s_format) ?? Unknown;

    /// <summary>A score with three decimals, for errors that are small beside it.</summary>
    public static string Fine(double? value) => value?.ToString("0.000", s_format) ?? Unknown;

    /// <summary>A difference of scores with two decimals and its sign.</summary>
    public static string Difference(double difference) => difference.ToString("+0.00;\u22120.00;0.00", s_format);

    /// <summary>A value of any magnitude with four significant digits; whole numbers keep all of theirs.</summary>
    public static string Value(double value)
    {
        int decimals = value == 0 || !double.IsFinite(value) ? 0 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12);
        return value.ToString("#,0." + new string('#', decimals), s_format);
    }

    /// <summary>A fraction (0..1) in per cent.</summary>
    public static string Percent(double? fraction) => fraction is null ? Unknown : (fraction.Value * 100).ToString("0.0", s_format) + " %";

    /// <summary>A level or rate fraction (0..1) in whole per cent.</summary>
    public static string Level(double fraction) => (fraction * 100).ToString("0", s_format) + " %";

    /// <summary>A difference of two fractions in percentage points, signed.</summary>
    public static string Points(double? fraction) => fraction is null ? Unknown : (fraction.Value * 100).ToString("+0.0;\u22120.0;0.0", s_format);

    /// <summary>Names one after the other; of a long list the first few and how many follow.</summary>
    public static string Names(IReadOnlyCollection<string> names, int limit = 4) =>
        names.Count <= limit ? string.Join(", ", names) : $"{string.Join(", ", names.Take(limit))} and {names.Count - limit} more";

    /// <summary>A status (ok, lossy, set_aside), severity (information, warning, data_loss, error) or verdict (pass, near, fail, not_tested) with its symbol.</summary>
    public static string Mark(string word)
    {
        string symbol = word switch
        {
            "ok" or "pass" => "✓",
            "lossy" or "data_loss" => "◆",
            "warning" or "near" => "▲",
            "set_aside" or "error" or "fail" => "✕",
            _ => "○",
        };
        return $"{symbol}\u00A0{word.Replace('_', '\u00A0')}";
    }

    /// <summary>A verdict as symbol and word.</summary>
    public static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Yes => "✓ Yes",
        Verdict.WithCare => "▲ With care",
        _ => "✕ No",
    };

    /// <summary>A value of a table cell: string, bool, number, or null for unknown.</summary>
    public static string Value(object? value, NumberFormat format)
    {
        switch (value)
        {
            case null:
                return Unknown;
            case bool flag:
                return flag ? "yes" : "no";
            case string text:
                return format == NumberFormat.Mark ? Mark(text) : text;
        }

        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return format switch
        {
            NumberFormat.Score => Fine(number),
            NumberFormat.Rate => Number(number),
            NumberFormat.Value => Value(number),
            NumberFormat.Percent => Percent(number),
            NumberFormat.Points => Points(number),
            _ => number.ToString("#,0", s_format),
        };
    }
}
