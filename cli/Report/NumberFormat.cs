namespace Colocate.Cli.Report;

/// <summary>How a column of numbers is shown to people. CSV files carry the stored value, in its base unit, instead.</summary>
public enum NumberFormat
{
    /// <summary>Names, on one line.</summary>
    Text,

    /// <summary>Sentences, over several lines.</summary>
    Prose,

    /// <summary>Commands, digests, paths: words in a fixed-width face.</summary>
    Code,

    /// <summary>Status, severity or verdict: a word, shown with its symbol.</summary>
    Mark,

    /// <summary>True or false as yes or no.</summary>
    Flag,

    /// <summary>Whole numbers with grouped thousands.</summary>
    Count,

    /// <summary>Scores, three decimals.</summary>
    Score,

    /// <summary>Rates, seconds and the like, two decimals.</summary>
    Rate,

    /// <summary>Values of any unit and magnitude, four significant digits.</summary>
    Value,

    /// <summary>Fractions, shown in per cent with one decimal.</summary>
    Percent,

    /// <summary>Differences of fractions, shown in percentage points with their sign.</summary>
    Points,
}
