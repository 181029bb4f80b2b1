using System.CommandLine;

namespace Colocate.Cli.Completions;

/// <summary>zsh 5 with its completion system (compinit).</summary>
internal sealed class ZshCompletion : ICompletionShell
{
    public string Name => "zsh";

    public string Load => "source <(colocate completions zsh)";

    public void Write(IReadOnlyList<Command> commands, TextWriter script)
    {
        script.WriteLine("#compdef colocate");
        script.WriteLine("_colocate() {");
        script.WriteLine("    if (( CURRENT == 2 )); then");
        script.WriteLine("        local -a commands=(");
        foreach (Command command in commands)
            script.WriteLine($"            '{command.Name}:{CompletionShells.Line(command.Description)}'");
        script.WriteLine("        )");
        script.WriteLine("        _describe command commands");
        script.WriteLine("        return");
        script.WriteLine("    fi");
        script.WriteLine("    case $words[2] in");
        foreach (Command command in commands)
        {
            script.WriteLine($"    {command.Name})");
            script.WriteLine("        _arguments -s '1:command:' '*:file:_files' '--help[show help]' \\");
            string[] lines = [.. CompletionShells.Options(command).Select(Describe)];
            script.WriteLine("            " + string.Join(" \\\n            ", lines));
            script.WriteLine("        ;;");
        }

        script.WriteLine("    esac");
        script.WriteLine("}");
        script.WriteLine("compdef _colocate colocate");
    }

    private static string Describe(Option option)
    {
        string[] names = [.. CompletionShells.Names(option)];
        string text = CompletionShells.Line(option.Description).Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal);
        IReadOnlyList<string> values = CompletionShells.Values(option);
        string value = CompletionShells.IsFlag(option) ? "" : values.Count > 0 ? $":value:({string.Join(' ', values)})" : ":value:_files";
        string head = names.Length == 1 ? $"'*{names[0]}" : $"'*'{{{string.Join(',', names)}}}'";
        return $"{head}[{text}]{value}'";
    }
}
