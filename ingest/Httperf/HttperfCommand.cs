using System.Globalization;
using System.Text.RegularExpressions;

namespace Colocate.Ingest.Httperf;

/// <summary>
/// A command line of httperf in its log: the one that httperf echoes with every option in effect (<c>src/httperf.c</c>), or the one that
/// a person wrote above it as a <c>#</c> comment.
/// </summary>
internal sealed partial class HttperfCommand
{
    private readonly Dictionary<string, string> _options = [];

    private HttperfCommand(string line)
    {
        foreach (Match option in Option().Matches(line))
            _options[option.Groups["name"].Value] = option.Groups["value"].Value;
    }

    /// <summary>
    /// Requests offered per second: connections (or sessions) per second times requests of each. Null for a closed loop, for rates that
    /// vary, and for session logs, whose length the command does not tell.
    /// </summary>
    internal double? OfferedPerS => (Number("rate") ?? 1 / MeanPeriodS) is > 0 and < double.PositiveInfinity and var rate ? rate * Calls : null;

    /// <summary>Connections begun per second; null for a closed loop, for random periods and for sessions.</summary>
    internal double? ConnectionsPerS => !_options.Keys.Any(o => o.StartsWith("wsess", StringComparison.Ordinal)) && Number("rate") is > 0 and var rate ? rate : null;

    /// <summary>Seconds that the client waits for an answer; null when the command does not say.</summary>
    internal double? TimeoutS => Number("timeout");

    /// <summary>Requests on each connection or in each session; null for session logs, whose length the command does not tell.</summary>
    internal double? Calls => _options.ContainsKey("wsesslog") || _options.ContainsKey("wsesspage") ? null
        : _options.TryGetValue("wsess", out string? session) ? session.Split(',') is [_, var calls, ..] ? Parse(calls) : null
        : Number("num-calls") ?? 1;

    /// <summary>Mean of <c>--period=dT</c> or <c>eT</c> is T; of <c>uA,B</c> the middle; <c>v</c> has none.</summary>
    private double? MeanPeriodS
    {
        get
        {
            string text = _options.GetValueOrDefault("period", "");
            double?[] bounds = [.. text.TrimStart('d', 'e', 'u').Split(',').Select(Parse)];
            return text.StartsWith('u') && bounds.Length == 2 ? (bounds[0] + bounds[1]) / 2 : bounds.Length == 1 ? bounds[0] : null;
        }
    }

    /// <summary>The command that a line holds; null when it holds none.</summary>
    internal static HttperfCommand? Parse(ReadOnlySpan<char> line) => Command().IsMatch(line) ? new HttperfCommand(line.ToString()) : null;

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private double? Number(string option) => _options.TryGetValue(option, out string? text) ? Parse(text) : null;

    [GeneratedRegex(@"^(#\s*)?(\S*/)?httperf\s+--", RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex(@"--(?<name>[a-z-]+)(=|\s+)(?<value>[^-\s]\S*)", RegexOptions.CultureInvariant)]
    private static partial Regex Option();
}
