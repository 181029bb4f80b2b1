using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Colocate.Cli.Commands;

/// <summary>The library's help, with a command's examples after it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Puts examples into the help of every command.</summary>
    internal static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    /// <summary>Whoever asks for help has left out what is required.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (CommandExamples.All.GetValueOrDefault(parseResult.CommandResult.Command.Name) is not { } examples || parseResult.CommandResult.Command is RootCommand)
            return code;
        output.WriteLine("Examples:");
        foreach (string example in examples)
            output.WriteLine("  colocate " + example);
        output.WriteLine();
        return code;
    }
}
