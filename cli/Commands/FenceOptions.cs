using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Colocate.Ingest.Formats;

namespace Colocate.Cli.Commands;

/// <summary>Limits of the process that reads traces of guests, and how it is started.</summary>
internal sealed class FenceOptions
{
    private static readonly Dictionary<string, double> s_bytes = new() { ["KiB"] = 1 << 10, ["MiB"] = 1 << 20, ["GiB"] = 1 << 30, ["kB"] = 1e3, ["MB"] = 1e6, ["GB"] = 1e9 };

    private static readonly Dictionary<string, double> s_seconds = new() { ["ms"] = 1e-3, ["s"] = 1, ["min"] = 60, ["h"] = 3600 };

    private readonly Option<double> _memory = Quantity(
        "--guest-trace-memory", "Memory that reading a guest's .nettrace may take, in a process of its own: as in 512MiB or 2GB.", "SIZE", s_bytes, 1 << 26, 1L << 40, GuestTraceFence.DefaultMaxMemoryBytes, "1GiB");

    private readonly Option<double> _time = Quantity(
        "--guest-trace-time", "Time that reading a guest's .nettrace may take: as in 90s or 10min.", "TIME", s_seconds, 0.1, 86400, GuestTraceFence.DefaultMaxTimeS, "10min");

    internal void AddTo(Command command)
    {
        command.Add(_memory);
        command.Add(_time);
    }

    /// <summary>The fence as the options ask for it.</summary>
    internal GuestTraceFence Read(ParseResult parsed) => Of((long)parsed.GetValue(_memory), parsed.GetValue(_time));

    /// <summary>A fence with these limits, as it is set up on this machine.</summary>
    internal static GuestTraceFence Of(long maxMemoryBytes, double maxTimeS)
    {
        (string program, string[] arguments) = Worker();
        return new GuestTraceFence { Program = program, Arguments = arguments, MaxMemoryBytes = maxMemoryBytes, MaxTimeS = maxTimeS };
    }

    /// <summary>This program again: by its own file, or by the runtime that was given it.</summary>
    private static (string Program, string[] Arguments) Worker()
    {
        string own = Path.Combine(AppContext.BaseDirectory, "colocate" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" && Path.ChangeExtension(own, ".dll") is var library && File.Exists(library)
            ? (Environment.ProcessPath!, [library, ReadGuestTraceCommand.Name])
            : (own, [ReadGuestTraceCommand.Name]);
    }

    private static Option<double> Quantity(string name, string description, string helpName, Dictionary<string, double> units, double least, double most, double standard, string standardText) => new(name)
    {
        Description = $"{description} Default: {standardText}.",
        HelpName = helpName,
        CustomParser = result => Parse(result, name, units, least, most),
        DefaultValueFactory = _ => standard,
    };

    private static double Parse(ArgumentResult result, string name, Dictionary<string, double> units, double least, double most)
    {
        string text = result.Tokens[0].Value, unit = text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
        if (units.TryGetValue(unit, out double factor) && double.TryParse(text.AsSpan()[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * factor >= least && number * factor <= most)
            return number * factor;
        string Show(double value) => string.Create(CultureInfo.InvariantCulture, $"{value / units.Values.ElementAt(1)}{units.Keys.ElementAt(1)}");
        result.AddError($"{name} {text}: give a number with a unit ({string.Join(", ", units.Keys)}), from {Show(least)} to {Show(most)}");
        return 0;
    }
}
