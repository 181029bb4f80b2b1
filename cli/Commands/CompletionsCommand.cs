using System.CommandLine;
using Colocate.Cli.Completions;

namespace Colocate.Cli.Commands;

/// <summary><c>completions</c>: what makes a shell complete our commands.</summary>
internal static class CompletionsCommand
{
    internal const string Name = "completions";

    internal static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell. To load its script: " + string.Join("; ", CompletionShells.All.Select(s => $"{s.Name}: {s.Load}")) + "." };
        shell.AcceptOnlyFromAmong([.. CompletionShells.All.Select(s => s.Name)]);
        var command = new Command(Name, "Write the script that makes a shell complete commands, options and their values.") { shell };
        command.SetAction(parsed =>
        {
            CompletionShells.All.Single(s => s.Name == parsed.GetValue(shell)).Write([.. parsed.RootCommandResult.Command.Subcommands.Where(c => !c.Hidden)], terminal.Out);
            return 0;
        });
        return command;
    }
}
