using Colocate.Ingest.Text;

namespace Colocate.Ingest.Httperf;

/// <summary>The lines of httperf's report: <c>src/stat/basic.c</c> and <c>src/stat/sess_stat.c</c> of httperf.</summary>
internal static class HttperfLines
{
    /// <summary>The line without which there is no report.</summary>
    internal static LineTemplate Total { get; } = new("Total: connections {connections} requests {requests} replies {replies} test-duration {duration} s");

    /// <summary>The last line of the basic report.</summary>
    internal static LineTemplate Last { get; } = new("Errors: fd-unavail {fd} addrunavail {addr} ftab-full {ftab} other {other}");

    /// <summary>All lines with figures.</summary>
    internal static IReadOnlyList<LineTemplate> All { get; } =
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
}
