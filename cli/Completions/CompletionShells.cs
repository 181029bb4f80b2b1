using System.CommandLine;
using System.CommandLine.Completions;

namespace Colocate.Cli.Completions;

/// <summary>The shells there are, and what all of them ask of a command. Adding one is a file and an entry here.</summary>
internal static class CompletionShells
{
    internal static IReadOnlyList<ICompletionShell> All { get; } = [new BashCompletion(), new ZshCompletion(), new FishCompletion()];

    /// <summary>Options of a command, by all their names.</summary>
    internal static IEnumerable<Option> Options(Command command) => command.Options.Where(o => !o.Hidden).OrderBy(o => o.Name, StringComparer.Ordinal);

    /// <summary>Names of an option, the long one first.</summary>
    internal static IEnumerable<string> Names(Option option) => option.Aliases.Where(a => a.StartsWith('-')).Prepend(option.Name).Distinct();

    /// <summary>Values that an option takes; empty when they cannot be listed.</summary>
    internal static IReadOnlyList<string> Values(Option option) => option.ValueType == typeof(bool) ? []
        : option.HelpName is { } help && help.Contains('|', StringComparison.Ordinal) ? help.Split('|')
        : [.. option.GetCompletions(CompletionContext.Empty).Select(c => c.Label).Where(l => l.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))];

    /// <summary>True for an option that stands alone.</summary>
    internal static bool IsFlag(Option option) => option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;

    /// <summary>What a command does, as one line without quotation marks.</summary>
    internal static string Line(string? description) => (description ?? "").Split(". ")[0].TrimEnd('.').Replace("'", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Replace(":", " -", StringComparison.Ordinal);
}
