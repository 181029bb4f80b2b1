using System.CommandLine;
using System.Globalization;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Errors;

namespace Colocate.Cli.Commands;

/// <summary>Options that say how inputs are read.</summary>
internal sealed class IngestOptions
{
    private readonly Option<string[]> _assume = CommonOptions.Assume();
    private readonly FenceOptions _fence = new();
    private readonly Option<string?> _inputFormat = new("--input-format") { Description = "Read every file as this format, whatever its content: " + string.Join(", ", FormatCatalogue.All.Select(f => f.Id)) + ".", HelpName = "F" };
    private readonly Option<MetricMethod> _method = CommonOptions.Method();
    private readonly Option<bool> _events = new("--events") { Description = "Also store every record of traces, in the table events." };
    private readonly Option<string[]> _domains = new("--domains")
    {
        Description = "With --events: only records of pcpus that these domains have, by name or number.", HelpName = "NAME[,NAME]",
        CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    private readonly Option<string?> _like = new("--events-like") { Description = "With --events: only events with such a name; % stands for any text, _ for one character.", HelpName = "PATTERN" };
    private readonly Option<double?> _from = CommonOptions.Seconds("--from", "With --events: only records at least this long after the first one, as in 2.5 or 2.5s.");
    private readonly Option<double?> _to = CommonOptions.Seconds("--to", "With --events: only records less than this long after the first one.");

    internal void AddTo(Command command)
    {
        _inputFormat.AcceptOnlyFromAmong([.. FormatCatalogue.All.Select(f => f.Id)]);
        foreach (Option option in (Option[])[_inputFormat, _method, _assume, _events, _domains, _like, _from, _to])
            command.Add(option);
        _fence.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(_events) && (result.GetResult(_domains) ?? result.GetResult(_like) ?? result.GetResult(_from) ?? result.GetResult(_to)) is not null)
                result.AddError("--domains, --events-like, --from and --to select what --events stores: give it too");
        });
    }

    /// <summary>The settings, and what is assumed of files without manifest.</summary>
    internal (IngestSettings Settings, string[] Assume) Read(ParseResult parsed)
    {
        string[] assume = parsed.GetValue(_assume)!;
        EventSelection? events = !parsed.GetValue(_events) ? null : new EventSelection
        {
            Domains = parsed.GetValue(_domains) is { Length: > 0 } names ? names : null, Like = parsed.GetValue(_like), FromS = parsed.GetValue(_from), ToS = parsed.GetValue(_to),
        };
        if (events is { FromS: { } from, ToS: { } to } && from >= to)
            throw new RequestException(ExitCode.WrongUse, string.Create(CultureInfo.InvariantCulture, $"--from {from} --to {to}: no time is at least the one and less than the other"), "give the earlier time to --from");
        var assumptions = Assumptions.Parse(assume);
        return (new IngestSettings { TscHz = assumptions.Number("tsc_hz"), TscBehind = assumptions.TscBehind, InputFormat = parsed.GetValue(_inputFormat), Method = parsed.GetValue(_method), GuestTraceFence = _fence.Read(parsed), Events = events }, assume);
    }
}
