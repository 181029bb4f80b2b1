namespace Colocate.Ingest.Text;

/// <summary>One line of a text log.</summary>
/// <param name="Text">
/// The line without its end (LF or CRLF), decoded as UTF-8. Bytes that are no UTF-8 stand as U+FFFD: loggers that cut names by bytes
/// leave halves of characters behind.
/// </param>
/// <param name="Number">1-based number of the line in the file.</param>
/// <param name="Bytes">Size in the file, line end included; the sizes of all lines add up to the file.</param>
/// <param name="IsTerminated">False for a last line without a line end, which may have been cut.</param>
public readonly record struct TextLine(string Text, long Number, int Bytes, bool IsTerminated);
