using System.Text.RegularExpressions;

namespace Colocate.Ingest.Httperf;

/// <summary>
/// Lines that httperf prints beside its report: warnings, what --verbose, --print-reply and --print-request add, the histograms; and
/// the <c>#</c> comments and blank lines that people add. They are read past.
/// </summary>
internal static partial class HttperfSideLine
{
    internal static bool Recognises(string line) => line.Length == 0 || Side().IsMatch(line);

    [GeneratedRegex(@"^(#|httperf[.:]|(reply|session)-rate = |RT[0-9]+:|[RS][HBS][0-9]+:|Connection lifetime( = | histogram)|:$|[0-9]+\.[0-9] [0-9]+$|Session length histogram:)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Side();
}
