namespace Colocate.Model.Tables;

/// <summary>Units of columns. Fractions are 0..1; per cent exists only on display.</summary>
public static class Unit
{
#pragma warning disable CS1591 // The constants say what they are.
    public const string Id = "id";
    public const string Name = "name";
    public const string Text = "text";
    public const string Path = "path";
    public const string Flag = "true/false";
    public const string Count = "count";
    public const string Index = "0-based index";
    public const string Fraction = "fraction";
    public const string Seconds = "s";
    public const string Milliseconds = "ms";
    public const string Microseconds = "us";
    public const string Nanoseconds = "ns";
    public const string Word = "32-bit word, unsigned";
    public const string Cycles = "TSC cycles";
    public const string Hertz = "Hz";
    public const string PerSecond = "1/s";
    public const string PerExecution = "pages/execution";
    public const string Bytes = "B";
    public const string Kibibytes = "KiB";
    public const string KibibytesPerSecond = "KiB/s";
    public const string MegabitsPerSecond = "Mbit/s";
    public const string Time = "UTC, ISO 8601";
    public const string Score = "score";
    public const string OfQuantity = "that of the quantity";
    public const string Digest = "SHA-256, hex";
    public const string FastDigest = "XXH128, hex";
#pragma warning restore CS1591

    /// <summary>Range of a number of a unit; null when there is no bound.</summary>
    public static string? RangeOf(string unit) => unit switch
    {
        Fraction => "0 or more where measured; at most 1 where it is a share of one whole",
        Score => "0 or more where measured",
        Word => "0 to 4294967295",
        Id or Count or Index or Seconds or Milliseconds or Microseconds or Nanoseconds or Cycles or Hertz or PerSecond or PerExecution or Bytes or Kibibytes or KibibytesPerSecond
            or MegabitsPerSecond => "0 or more",
        _ => null,
    };
}
