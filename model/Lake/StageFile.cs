namespace Colocate.Model.Lake;

/// <summary>A Parquet file that a stage committed.</summary>
/// <param name="Table">Table name.</param>
/// <param name="Path">Path relative to the lake, with <c>/</c>.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Digest.</param>
public sealed record StageFile(string Table, string Path, long Rows, long Bytes, string Sha256);
