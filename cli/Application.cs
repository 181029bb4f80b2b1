using System.CommandLine;
using Colocate.Cli.Commands;
using Colocate.Cli.Output;
using Colocate.Model.Errors;

namespace Colocate.Cli;

/// <summary>The command line as a function: arguments in, exit code out.</summary>
public static class Application
{
    /// <summary>Runs one command. Interrupting once stops it cleanly with <see cref="ExitCode.Interrupted"/>.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal)
    {
        var root = new RootCommand("Measures how virtual machines on one Xen host slow each other down, and predicts who should sit beside whom.");
        foreach (Command command in CommandCatalogue.Create(terminal, args.Count > 0 ? args[0] : null))
            root.Add(command);
        HelpWithExamples.AddTo(root);
        ParseResult parsed;
        try
        {
            parsed = root.Parse(args);
        }
        catch (InvalidOperationException e)
        {
            // The library's answer to a validator that asks for a value that cannot be read.
            return await WrongUseAsync(terminal, [e.Message], "").ConfigureAwait(false);
        }

        if (parsed.Errors.Count > 0)
            return await WrongUseAsync(terminal, parsed.Errors.Select(e => e.Message), Named(parsed)).ConfigureAwait(false);

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        int code = await InvokeAsync(parsed, configuration, terminal).ConfigureAwait(false);
        await terminal.Out.FlushAsync().ConfigureAwait(false);
        return code;
    }

    /// <summary>The library would leave with 1, which is for unexpected failures.</summary>
    private static async Task<int> WrongUseAsync(Terminal terminal, IEnumerable<string> messages, string command)
    {
        foreach (string message in messages)
            await terminal.Error.WriteLineAsync(VisibleText.Of($"colocate: {message}", keepsLines: true)).ConfigureAwait(false);
        await terminal.Error.WriteLineAsync($"Try `colocate {command}--help`.").ConfigureAwait(false);
        return (int)ExitCode.WrongUse;
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, InvocationConfiguration configuration, Terminal terminal)
    {
        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (RequestException e)
        {
            await terminal.Error.WriteLineAsync(VisibleText.Of($"colocate: {e.Message}; {e.Remedy}", keepsLines: true)).ConfigureAwait(false);
            return (int)e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("colocate: interrupted; what was committed stays, the same command continues").ConfigureAwait(false);
            return (int)ExitCode.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"colocate: {e.Message.TrimEnd('.')}; check permissions and free space, or give another folder").ConfigureAwait(false);
            return (int)ExitCode.Unexpected;
        }
        catch (Exception e)
        {
            await terminal.Error.WriteLineAsync($"colocate: unexpected failure, please report it with the output of `colocate doctor`:\n{e}").ConfigureAwait(false);
            return (int)ExitCode.Unexpected;
        }
    }

    private static string Named(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}
