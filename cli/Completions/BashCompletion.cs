using System.CommandLine;

namespace Colocate.Cli.Completions;

/// <summary>bash 4 and later; needs nothing but bash itself.</summary>
internal sealed class BashCompletion : ICompletionShell
{
    public string Name => "bash";

    public string Load => "source <(colocate completions bash)";

    public void Write(IReadOnlyList<Command> commands, TextWriter script)
    {
        script.WriteLine("_colocate() {");
        script.WriteLine("    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words='' values=''");
        script.WriteLine("    COMPREPLY=()");
        script.WriteLine("    if (( COMP_CWORD == 1 )); then");
        script.WriteLine($"        COMPREPLY=($(compgen -W '{string.Join(' ', commands.Select(c => c.Name))} --help --version' -- \"$current\"))");
        script.WriteLine("        return");
        script.WriteLine("    fi");
        script.WriteLine("    case ${COMP_WORDS[1]} in");
        foreach (Command command in commands)
        {
            script.WriteLine($"    {command.Name})");
            script.WriteLine($"        words='{string.Join(' ', CompletionShells.Options(command).SelectMany(CompletionShells.Names).Append("--help"))}'");
            script.WriteLine("        case $previous in");
            foreach (Option option in CompletionShells.Options(command).Where(o => !CompletionShells.IsFlag(o)))
            {
                IReadOnlyList<string> values = CompletionShells.Values(option);
                script.WriteLine($"        {string.Join('|', CompletionShells.Names(option))}) values={(values.Count > 0 ? $"'{string.Join(' ', values)}'" : "FILES")} ;;");
            }

            script.WriteLine("        esac");
            script.WriteLine("        ;;");
        }

        script.WriteLine("    esac");
        script.WriteLine("    if [[ $values == FILES || ( -z $values && $current != -* ) ]]; then");
        script.WriteLine("        COMPREPLY=($(compgen -f -- \"$current\"))");
        script.WriteLine("    else");
        script.WriteLine("        COMPREPLY=($(compgen -W \"${values:-$words}\" -- \"$current\"))");
        script.WriteLine("    fi");
        script.WriteLine("}");
        script.WriteLine("complete -o filenames -F _colocate colocate");
    }
}
