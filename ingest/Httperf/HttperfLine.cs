using System.Globalization;
using System.Text.RegularExpressions;

namespace Colocate.Ingest.Httperf;

/// <summary>
/// One line of httperf's report: its fixed words, and the names of the figures between them. Lines are found by their words, not by
/// their place, because error output and comments stand in between.
/// </summary>
internal sealed partial class HttperfLine
{
    private readonly Regex _pattern;

    private HttperfLine(string template, bool isOptional = false)
    {
        Words = template[..template.IndexOf('{')];
        IsOptional = isOptional;
        EndsInFigure = template[^1] == '}';
        _pattern = new Regex(
            "^" + Placeholder().Replace(Regex.Escape(template), @"(?<$1>[-+]?(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|nan|inf))") + "$",
            RegexOptions.CultureInvariant);
    }

    /// <summary>The line without which there is no report.</summary>
    internal static HttperfLine Total { get; } = new("Total: connections {connections} requests {requests} replies {replies} test-duration {duration} s");

    /// <summary>The last line of the basic report.</summary>
    internal static HttperfLine Last { get; } = new("Errors: fd-unavail {fd} addrunavail {addr} ftab-full {ftab} other {other}");

    /// <summary>All lines with figures: <c>src/stat/basic.c</c> and <c>src/stat/sess_stat.c</c> of httperf.</summary>
    internal static IReadOnlyList<HttperfLine> All { get; } =
    [
        new("Maximum connect burst length: {burst}", isOptional: true),
        Total,
        new("Connection rate: {conn_rate} conn/s ({conn_period} ms/conn, <={concurrent} concurrent connections)"),
        new("Connection time [ms]: min {life_min} avg {life_mean} max {life_max} median {life_median} stddev {life_sd}"),
        new("Connection time [ms]: connect {connect}"),
        new("Connection length [replies/conn]: {conn_length}"),
        new("Request rate: {req_rate} req/s ({req_period} ms/req)"),
        new("Request size [B]: {req_size}"),
        new("Reply rate [replies/s]: min {rate_min} avg {rate_mean} max {rate_max} stddev {rate_sd} ({samples} samples)"),
        new("Reply time [ms]: response {response} transfer {transfer}"),
        new("Reply size [B]: header {header} content {content} footer {footer} (total {reply_size})"),
        new("Reply status: 1xx={status1} 2xx={status2} 3xx={status3} 4xx={status4} 5xx={status5}"),
        new("Periodic stats: 200={status200} 302={status302}", isOptional: true),
        new("CPU time [s]: user {user} system {system} (user {user_percent}% system {system_percent}% total {cpu_percent}%)"),
        new("Net I/O: {net} KB/s ({net_bits}*10^6 bps)"),
        new("Errors: total {errors} client-timo {client_timo} socket-timo {socket_timo} connrefused {refused} connreset {reset}"),
        Last,
        new("Session rate [sess/s]: min {sess_min} avg {sess_mean} max {sess_max} stddev {sess_sd} ({sess_done}/{sess_all})", isOptional: true),
        new("Session: avg {sess_conns} connections/session", isOptional: true),
        new("Session lifetime [s]: {sess_life}", isOptional: true),
        new("Session failtime [s]: {sess_fail}", isOptional: true),
    ];

    /// <summary>The words before the first figure.</summary>
    internal string Words { get; }

    /// <summary>True for lines that httperf prints only with some options.</summary>
    internal bool IsOptional { get; }

    /// <summary>True when a cut line can pass for a whole one, with a wrong last figure.</summary>
    internal bool EndsInFigure { get; }

    /// <summary>The figures of a line by name, infinite and not-a-number ones included; null when it is another line.</summary>
    internal IEnumerable<KeyValuePair<string, double>>? Parse(string line)
    {
        if (!line.StartsWith(Words, StringComparison.Ordinal) || _pattern.Match(line) is not { Success: true } match)
            return null;
        return match.Groups.Values.Skip(1).Select(g => KeyValuePair.Create(g.Name, Figure(g.Value)));
    }

    private static double Figure(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    [GeneratedRegex(@"\\\{(\w+)}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
