using System.CommandLine;

namespace Colocate.Cli.Commands;

/// <summary>Every command. Adding one is a file and a line here.</summary>
internal static class CommandCatalogue
{
    private static readonly (string Name, Func<Terminal, Command> Create)[] s_commands =
    [
        ("run", RunCommand.Create),
        ("init", InitCommand.Create),
        ("ingest", IngestCommand.Create),
        ("plan", PlanCommand.Create),
        ("work", WorkCommand.Create),
        ("commit", CommitCommand.Create),
        ("check", CheckCommand.Create),
        ("catalogue", CatalogueCommand.Create),
        ("runs", RunsCommand.Create),
        ("metrics", MetricsCommand.Create),
        ("scores", ScoresCommand.Create),
        ("calibrate", CalibrateCommand.Create),
        ("simulate", SimulateCommand.Create),
        ("claims", ClaimsCommand.Create),
        ("train", TrainCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("predict", PredictCommand.Create),
        ("place", PlaceCommand.Create),
        ("report", ReportCommand.Create),
        ("timeline", TimelineCommand.Create),
        ("query", QueryCommand.Create),
        ("export", ExportCommand.Create),
        ("formats", FormatsCommand.Create),
        ("tables", TablesCommand.Create),
        (CompletionsCommand.Name, CompletionsCommand.Create),
        ("doctor", DoctorCommand.Create),
        (ReadGuestTraceCommand.Name, ReadGuestTraceCommand.Create),
    ];

    /// <summary>All commands, in the order of the help.</summary>
    internal static IEnumerable<Command> Create(Terminal terminal) => s_commands.Select(c => c.Create(terminal));

    /// <summary>The command that is named alone, else all of them: making the others would load libraries that it never uses.</summary>
    internal static IEnumerable<Command> Create(Terminal terminal, string? named) =>
        Array.Find(s_commands, c => c.Name == named && c.Name != CompletionsCommand.Name) is { Create: { } create } ? [create(terminal)] : Create(terminal);
}
