namespace Colocate.Cli.Export;

/// <summary>What a table can be exported as.</summary>
internal enum ExportFormat
{
    /// <summary>Comma-separated values; see <see cref="CsvText"/>.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>One Parquet file a table.</summary>
    Parquet,
}
