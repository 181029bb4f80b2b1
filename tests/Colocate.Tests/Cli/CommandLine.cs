using System.Text.Json.Nodes;
using Colocate.Cli;

namespace Colocate.Tests.Cli;

/// <summary>Runs commands in this process.</summary>
internal static class CommandLine
{
    internal static async Task<Outcome> RunAsync(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int code = await Application.RunAsync(args, new Terminal { Out = output, Error = error });
        return new Outcome(code, output.ToString(), error.ToString());
    }

    internal sealed record Outcome(int Code, string Out, string Error)
    {
        internal IReadOnlyList<JsonObject> Json => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];
    }
}
