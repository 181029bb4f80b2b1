using System.CommandLine;

namespace Colocate.Cli.Completions;

/// <summary>fish 3 and later.</summary>
internal sealed class FishCompletion : ICompletionShell
{
    public string Name => "fish";

    public string Load => "colocate completions fish | source";

    public void Write(IReadOnlyList<Command> commands, TextWriter script)
    {
        foreach (Command command in commands)
        {
            script.WriteLine($"complete -c colocate -n __fish_use_subcommand -f -a {command.Name} -d '{CompletionShells.Line(command.Description)}'");
            foreach (Option option in CompletionShells.Options(command))
            {
                string[] names = [.. CompletionShells.Names(option).Select(n => n.StartsWith("--", StringComparison.Ordinal) ? "-l " + n[2..] : "-s " + n[1..])];
                IReadOnlyList<string> values = CompletionShells.Values(option);
                string value = CompletionShells.IsFlag(option) ? "" : values.Count > 0 ? $" -x -a '{string.Join(' ', values)}'" : " -r -F";
                script.WriteLine($"complete -c colocate -n '__fish_seen_subcommand_from {command.Name}' {string.Join(' ', names)}{value} -d '{CompletionShells.Line(option.Description)}'");
            }
        }
    }
}
