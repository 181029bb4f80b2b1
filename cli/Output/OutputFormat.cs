namespace Colocate.Cli.Output;

/// <summary>How a command writes its records to stdout.</summary>
public enum OutputFormat
{
    /// <summary>Aligned columns for people.</summary>
    Table,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>Comma-separated values with a header (RFC 4180).</summary>
    Csv,
}
