using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;

namespace Colocate.Cli.Commands;

/// <summary><c>formats</c>: what can be read, and what can be found wrong with it.</summary>
internal static class FormatsCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<OutputFormat?> format = CommonOptions.Format();
        var diagnostics = new Option<bool>("--diagnostics") { Description = "List every diagnostic code with its meaning and remedy instead." };
        var command = new Command("formats", "List the input formats. Files may be plain, gzip or zstd; content decides, not names.") { diagnostics, format };
        command.SetAction(parsed =>
        {
            RecordWriter.Write(terminal, parsed.GetValue(format), parsed.GetValue(diagnostics) ? DiagnosticCatalogue.All.Select(Describe) : FormatCatalogue.All.Select(Describe));
            return 0;
        });
        return command;
    }

    private static Record Describe(IInputFormat format) => new()
    {
        { "format", format.Id },
        { "title", format.Title },
        { "used_for", format.Role.ToString().ToLowerInvariant() },
        { "version", format.Version },
        { "tables", format.Fills.Select(t => t.Name).ToList() },
        { "diagnostics", format.DiagnosticPrefix + "-*" },
        { "synthetic_only", format.SyntheticOnly.ToList() },
        { "definition", format.Definition },
    };

    private static Record Describe(DiagnosticKind kind) => new()
    {
        { "code", kind.Code },
        { "severity", kind.SeverityName },
        { "sentence", kind.Sentence },
        { "remedy", kind.Remedy },
    };
}
