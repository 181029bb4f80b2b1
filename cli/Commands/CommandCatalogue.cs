using System.CommandLine;

namespace Colocate.Cli.Commands;

/// <summary>Every command. Adding one is a file and a line here.</summary>
internal static class CommandCatalogue
{
    internal static IEnumerable<Command> Create(Terminal terminal) =>
    [
        RunCommand.Create(terminal),
        InitCommand.Create(terminal),
        IngestCommand.Create(terminal),
        PlanCommand.Create(terminal),
        WorkCommand.Create(terminal),
        CommitCommand.Create(terminal),
        CheckCommand.Create(terminal),
        CatalogueCommand.Create(terminal),
        RunsCommand.Create(terminal),
        MetricsCommand.Create(terminal),
        ScoresCommand.Create(terminal),
        CalibrateCommand.Create(terminal),
        SimulateCommand.Create(terminal),
        ClaimsCommand.Create(terminal),
        TrainCommand.Create(terminal),
        EvaluateCommand.Create(terminal),
        PredictCommand.Create(terminal),
        PlaceCommand.Create(terminal),
        ReportCommand.Create(terminal),
        TimelineCommand.Create(terminal),
        QueryCommand.Create(terminal),
        ExportCommand.Create(terminal),
        FormatsCommand.Create(terminal),
        TablesCommand.Create(terminal),
        CompletionsCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        ReadGuestTraceCommand.Create(terminal),
    ];
}
