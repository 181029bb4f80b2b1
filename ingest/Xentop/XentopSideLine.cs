using System.Text.RegularExpressions;

namespace Colocate.Ingest.Xentop;

/// <summary>
/// Lines of a log that are neither header nor domain: details that -v, -n, -x and -p add, the summary that the interactive program
/// prints on top, blank lines, and times that users interleave with <c>date</c>. They are read past; none becomes a row.
/// </summary>
internal static partial class XentopSideLine
{
    /// <summary>No line of <c>date</c> is longer, in any locale; keeps damaged domain lines from passing as times.</summary>
    private const int MaxDateLength = 64;

    internal static bool Recognises(string line) =>
        string.IsNullOrWhiteSpace(line) || Detail().IsMatch(line) || (line.Length <= MaxDateLength && Date().IsMatch(line));

    // do_vcpu, do_network, do_vbd, do_tmem, do_pcpu and do_summary of tools/xentop/xentop.c, in that order.
    [GeneratedRegex(@"^(VCPUs\(sec\):| {7,}[0-9]+: +[0-9]+s|Net[0-9]+ +RX:|VBD \w|Tmem:|Physical CPU Usage:|No PCPU data available|[+|]|xentop - | *[0-9]+ domains: |Mem: )",
        RegexOptions.CultureInvariant)]
    private static partial Regex Detail();

    [GeneratedRegex(@"\b[0-9]{1,2}:[0-9]{2}:[0-9]{2}\b|^[0-9]{4}-[0-9]{2}-[0-9]{2}|^[0-9]{10}(\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
