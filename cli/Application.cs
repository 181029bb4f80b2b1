using System.CommandLine;
using System.CommandLine.Parsing;
using Colocate.Cli.Commands;
using Colocate.Model.Errors;

namespace Colocate.Cli;

/// <summary>The command line as a function: arguments in, exit code out.</summary>
public static class Application
{
    /// <summary>Runs one command. Interrupting once stops it cleanly with <see cref="ExitCode.Interrupted"/>.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal)
    {
        var root = new RootCommand("Measures how virtual machines on one Xen host slow each other down, and predicts who should sit beside whom.");
        foreach (Command command in CommandCatalogue.Create(terminal))
            root.Add(command);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // The library would leave with 1, which is for unexpected failures.
            foreach (ParseError error in parsed.Errors)
                await terminal.Error.WriteLineAsync($"colocate: {error.Message}").ConfigureAwait(false);
            await terminal.Error.WriteLineAsync($"Try `colocate {Named(parsed)}--help`.").ConfigureAwait(false);
            return (int)ExitCode.WrongUse;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        int code = await InvokeAsync(parsed, configuration, terminal).ConfigureAwait(false);
        await terminal.Out.FlushAsync().ConfigureAwait(false);
        return code;
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, InvocationConfiguration configuration, Terminal terminal)
    {
        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (RequestException e)
        {
            await terminal.Error.WriteLineAsync($"colocate: {e.Message}; {e.Remedy}").ConfigureAwait(false);
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
