using System.CommandLine;
using Colocate.Model.Errors;
using Colocate.Model.Plans;

namespace Colocate.Cli.Commands;

/// <summary>The plan that a command is given.</summary>
internal static class PlanFile
{
    internal static Argument<string> Argument() => new("PLAN") { Description = "File that `colocate plan` wrote; - for stdin." };

    /// <summary>Reads a plan.</summary>
    /// <exception cref="RequestException">There is none, or it is damaged (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static WorkPlan Read(string path, Terminal terminal)
    {
        if (path == "-")
            return WorkPlan.Read(terminal.InLines);
        if (!File.Exists(path))
            throw new RequestException(ExitCode.WrongUse, $"There is no plan '{path}'", "make one with `colocate plan PATH --lake DIR --chunks N > plan.jsonl`");
        using StreamReader reader = File.OpenText(path);
        return WorkPlan.Read(reader);
    }
}
