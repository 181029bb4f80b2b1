using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Every file that went in, with its digest.</summary>
public sealed class InputFilesFigure : IFigure
{
    /// <inheritdoc/>
    public string Id => "input-files";

    /// <inheritdoc/>
    public string Question => "Which files went in?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<InputFileRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        if (tables.InputFiles.Count == 0)
            return new Drawing("The lake names no input file.");
        long bytes = tables.InputFiles.Sum(f => f.Bytes ?? 0);
        int missing = tables.InputFiles.Count(f => f.DigestOf() is null);
        return new Drawing($"{Show.Count(tables.InputFiles.Count, "file")} of {Show.Count(bytes, "byte")} in total"
            + (missing == 0 ? "; a file with the same digest is the same file." : $"; {missing} of them were named but missing."))
        {
            Numbers = NumberTable.Of<InputFileRow>(tables.InputFiles,
            [
                new("file", "File", NumberFormat.Text, f => f.File),
                new("role", "Role", NumberFormat.Text, f => f.Role),
                new("format", "Format", NumberFormat.Text, f => f.Format),
                new("status", "Status", NumberFormat.Mark, f => f.Status),
                new("bytes", "Size, B", NumberFormat.Count, f => f.Bytes),
                new("parsed_bytes", "Parsed, B", NumberFormat.Count, f => f.ParsedBytes),
                new("skipped_bytes", "Skipped, B", NumberFormat.Count, f => f.SkippedBytes),
                new("set_aside_bytes", "Set aside, B", NumberFormat.Count, f => f.SetAsideBytes),
                new("digest", "SHA-256; XXH128 above 256 MiB", NumberFormat.Code, f => f.DigestOf()),
            ]),
        };
    }
}
