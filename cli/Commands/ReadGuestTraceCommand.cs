using System.CommandLine;
using Colocate.Ingest.GuestTrace;

namespace Colocate.Cli.Commands;

/// <summary><c>read-guest-trace</c>: what <c>ingest</c> starts for each trace of a guest; the trace comes by stdin, the answer goes to stdout.</summary>
internal static class ReadGuestTraceCommand
{
    internal const string Name = "read-guest-trace";

    internal static Command Create(Terminal terminal)
    {
        var command = new Command(Name, "Read one trace of a guest from stdin and write what it says to stdout. Used by ingest.") { Hidden = true };
        command.SetAction((_, cancellation) =>
        {
            using var answer = new MemoryStream();
            GuestTraceWorker.Run(terminal.In, answer, cancellation);
            terminal.Out.Write(System.Text.Encoding.UTF8.GetString(answer.GetBuffer().AsSpan(0, (int)answer.Length)));
            return Task.FromResult(0);
        });
        return command;
    }
}
