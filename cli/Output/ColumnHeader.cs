namespace Colocate.Cli.Output;

/// <summary>A field's name as the header of a table for people: words, and the unit that stands at its end in brackets.</summary>
internal static class ColumnHeader
{
    private static readonly (string Suffix, string Unit)[] s_units =
    [
        ("_kb_per_s", "KB/s"), ("_kib_per_s", "KiB/s"), ("_per_s", "1/s"), ("_fraction", "%"), ("_us_per_execution", "us/execution"), ("_per_execution", "1/execution"),
        ("_ms", "ms"), ("_us", "us"), ("_ns", "ns"), ("_s", "s"), ("_hz", "Hz"), ("_mbit", "Mbit/s"), ("_bytes", "B"), ("_cycles", "cycles"),
    ];

    internal static string Of(string field)
    {
        foreach ((string suffix, string unit) in s_units)
        {
            if (field.EndsWith(suffix, StringComparison.Ordinal))
                return $"{Words(field[..^suffix.Length])} [{unit}]";
        }

        return IsPerCent(field) ? Words(field) + " [%]" : Words(field);
    }

    /// <summary>True for a fraction, which people read in per cent.</summary>
    internal static bool IsPerCent(string field) => field.EndsWith("_fraction", StringComparison.Ordinal) || field is "mape" or "coverage" or "level" or "matching_gap_closed";

    private static string Words(string name) => name.Replace('_', ' ');
}
