using System.Text.RegularExpressions;
using Colocate.Ingest.Text;

namespace Colocate.Ingest.ApacheBench;

/// <summary>The lines of ab's report, blanks squeezed: <c>output_results</c> in <c>support/ab.c</c>.</summary>
internal static partial class AbLines
{
    /// <summary>Words of the two lines that tell the mean time of a request.</summary>
    internal const string MeanTime = "Time per request: ";

    /// <summary>All lines with figures; a line that looks optional is printed only by some versions or with some options.</summary>
    internal static IReadOnlyList<LineTemplate> All { get; } =
    [
        new("Concurrency Level: {concurrency}"),
        new("Time taken for tests: {duration} seconds"),
        new("Complete requests: {complete}"),
        new("Failed requests: {failed}"),
        new("(Connect: {f_connect}, Receive: {f_receive}, Length: {f_length}, Exceptions: {f_except})", isOptional: true),
        new("(Connect: {f_connect}, Length: {f_length}, Exceptions: {f_except})", isOptional: true),
        new("Write errors: {f_write}", isOptional: true),
        new("Non-2xx responses: {bad}", isOptional: true),
        new("Keep-Alive requests: {kept}", isOptional: true),
        new("Total transferred: {transferred} bytes"),
        new("HTML transferred: {content} bytes"),
        new("Total body sent: {sent}", isOptional: true),
        new("Total POSTed: {sent}", isOptional: true),
        new("Total PUT: {sent}", isOptional: true),
        new("Requests per second: {rate} [#/sec] (mean)"),
        new(MeanTime + "{per_user} [ms] (mean)"),
        new(MeanTime + "{per_request} [ms] (mean, across all concurrent requests)"),
        new("Transfer rate: {received} [Kbytes/sec] received"),
        new("{sent_rate} kb/s sent", isOptional: true),
        new("{total_rate} kb/s total", isOptional: true),
        .. Times("Connect", "connect"),
        .. Times("Processing", "reply"),
        .. Times("Waiting", "response"),
        .. Times("Total", "total"),
    ];

    /// <summary>A line without blanks around it and with single ones inside: ab fills its columns up with them.</summary>
    internal static string Squeeze(string line) => Blanks().Replace(line.Trim(), " ");

    /// <summary>A row of the connection times: five figures, or three with -S.</summary>
    private static IEnumerable<LineTemplate> Times(string words, string name) =>
    [
        new($"{words}: {{{name}_min}} {{{name}_mean}} {{{name}_sd}} {{{name}_median}} {{{name}_max}}", isOptional: true),
        new($"{words}: {{{name}_min}} {{{name}_mean}} {{{name}_max}}", isOptional: true),
    ];

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
