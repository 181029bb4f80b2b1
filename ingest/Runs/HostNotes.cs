using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Model.Lake.Files;

namespace Colocate.Ingest.Runs;

/// <summary>
/// What text files beside the logs tell of host and run: the output of <c>xl list</c>, <c>xl sched-credit</c> and <c>xl info</c> in any order, and
/// lines <c>key=value</c> as <c>samples/capture</c> writes them.
/// </summary>
internal sealed partial class HostNotes
{
    private const int MaxFileBytes = 1 << 20;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Domains of <c>xl list</c> by name.</summary>
    internal Dictionary<string, (int Domid, double MemoryMb, int Vcpus)> Domains { get; } = new(StringComparer.Ordinal);

    /// <summary>Weight and cap in per cent by name, of <c>xl sched-credit</c>.</summary>
    internal Dictionary<string, (double Weight, double CapPercent)> Shares { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of a line; null when no file has it.</summary>
    internal string? Text(string key) => _values.GetValueOrDefault(key);

    /// <summary>The value of a line as a number; null when no file has it, or as no finite number.</summary>
    internal double? Number(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>Takes a file in; false when it holds nothing of the kind.</summary>
    internal bool Take(string file)
    {
        // No length: an empty file, a named pipe that nobody may ever write to, or a link that leads nowhere.
        if (RealFile.Length(file) is 0 or > MaxFileBytes)
            return false;
        int before = _values.Count + Domains.Count;
        bool isCapture = false;
        foreach (string line in File.ReadLines(file))
        {
            isCapture |= line == "# colocate capture 1";
            if (Domain().Match(line) is { Success: true } domain)
                Domains[domain.Groups[1].Value.Trim()] = ((int)Of(domain, 2), Of(domain, 3), (int)Of(domain, 4));
            else if (_values.ContainsKey("tslice_ms") && Share().Match(line) is { Success: true } share)
                Shares[share.Groups[1].Value.Trim()] = (Of(share, 2), Of(share, 3));
            else if (Pool().Match(line) is { Success: true } pool)
                (_values["tslice_ms"], _values["ratelimit_us"], _values["scheduler"]) = (pool.Groups[1].Value, pool.Groups[2].Value, "credit");
            else if (isCapture && Setting().Match(line) is { Success: true } setting)
                _values[setting.Groups[1].Value] = setting.Groups[2].Value;
            else if (Info().Match(line) is { Success: true } info)
                _values["info." + info.Groups[1].Value] = info.Groups[2].Value.Trim();
        }

        return isCapture || _values.Count + Domains.Count > before;
    }

    private static double Of(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    // xl list: name, id, memory, vcpus, state letters, time.
    [GeneratedRegex(@"^(\S.*?)\s+([0-9]{1,5})\s+([0-9]{1,9})\s+([0-9]{1,4})\s+[r-][b-][p-][s-][c-][d-]\s+[0-9]+\.[0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();

    // xl sched-credit: name, id, weight, cap.
    [GeneratedRegex(@"^(\S.*?)\s+[0-9]{1,5}\s+([0-9]{1,5})\s+([0-9]{1,5})$", RegexOptions.CultureInvariant)]
    private static partial Regex Share();

    [GeneratedRegex(@"^Cpupool \S+: tslice=([0-9]{1,9})ms ratelimit=([0-9]{1,9})us", RegexOptions.CultureInvariant)]
    private static partial Regex Pool();

    [GeneratedRegex(@"^([a-z][a-zA-Z0-9_.-]*)=(.{1,400})$", RegexOptions.CultureInvariant)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^(nr_cpus|cpu_mhz|xen_version|xen_major|xen_minor|xen_extra|xen_scheduler|release|machine)\s+: (.{1,200})$", RegexOptions.CultureInvariant)]
    private static partial Regex Info();
}
