using System.Globalization;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Runs;

/// <summary>What a manifest would have said about files that have none: <c>key=value</c> pairs.</summary>
public sealed class Assumptions
{
    private const string BehindPrefix = "tsc_behind.", NamePrefix = "name.", VcpusPrefix = "vcpus.";

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The keys there are, each with its meaning; <c>NAME</c> and <c>DOMID</c> stand for what the user puts there.</summary>
    public static IReadOnlyList<(string Key, string Meaning)> Keys { get; } =
    [
        ("tsc_hz", "TSC frequency in Hz; also overrides the manifests"),
        ("tsc_behind.PCPU", "cycles that a pcpu's clock is behind, as XT-SKEW tells: added to its times when run states are merged"),
        ("xen", "hypervisor with version, for instance 'Xen 4.17'"),
        ("pcpus", "physical cpus of the host"),
        ("campaign", "campaign of the runs"),
        ("run", "id of the run that comes through a pipe"),
        ("interval_s", "seconds between iterations of xentop"),
        ("name.DOMID", "name of a domain"),
        ("vcpus.NAME", "vcpus of a domain"),
    ];

    /// <summary>Parses pairs.</summary>
    /// <exception cref="RequestException">A pair has no <c>=</c>, an unknown key or a value that does not fit (<see cref="ExitCode.WrongUse"/>).</exception>
    public static Assumptions Parse(IEnumerable<string> pairs)
    {
        var result = new Assumptions();
        foreach (string pair in pairs)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = equals > 0 ? pair[..equals] : pair;
            bool known = Keys.Any(k => k.Key == key || (k.Key.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 && key.StartsWith(k.Key[..(dot + 1)], StringComparison.Ordinal) && key.Length > dot + 1));
            if (equals <= 0 || equals == pair.Length - 1 || !known)
                throw new RequestException(ExitCode.WrongUse, $"--assume {pair}: not a known key=value pair", "keys: " + string.Join(", ", Keys.Select(k => k.Key)));
            string value = pair[(equals + 1)..];
            if (RangeOf(key) is var (minimum, maximum, isWhole) && !IsWithin(value, minimum, maximum, isWhole))
            {
                throw new RequestException(
                    ExitCode.WrongUse,
                    string.Create(CultureInfo.InvariantCulture, $"--assume {pair}: '{value}' is not a {(isWhole ? "whole " : "")}number from {minimum} to {maximum}"),
                    "give a number as in 4, 0.5 or 2.6e9");
            }

            if (key.StartsWith(BehindPrefix, StringComparison.Ordinal) && !IsPcpu(key[BehindPrefix.Length..]))
                throw new RequestException(ExitCode.WrongUse, $"--assume {pair}: '{key[BehindPrefix.Length..]}' is not a pcpu", "give its number as in tsc_behind.1=600");
            if (key is "campaign" or "run" && (value.Length > 128 || value[0] == '.' || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')))
                throw new RequestException(ExitCode.WrongUse, $"--assume {pair}: '{value}' is not a plain id", "use letters, digits, '.', '_' and '-', not starting with '.'");
            result._values[key] = value;
        }

        return result;
    }

    /// <summary>The text given for a key; null when none was.</summary>
    public string? Text(string key) => _values.GetValueOrDefault(key);

    /// <summary>The number given for a key; null when none was.</summary>
    public double? Number(string key) => Text(key) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Cycles by which the clocks of pcpus are said to be behind, by pcpu.</summary>
    public IReadOnlyDictionary<int, ulong> TscBehind => Below(BehindPrefix).ToDictionary(b => int.Parse(b.Suffix, CultureInfo.InvariantCulture), b => (ulong)double.Parse(b.Value, CultureInfo.InvariantCulture));

    /// <summary>Numbers or names given per domain: everything below <paramref name="prefix"/>, for instance <c>name.</c>.</summary>
    internal IEnumerable<(string Suffix, string Value)> Below(string prefix) =>
        _values.Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(v => (v.Key[prefix.Length..], v.Value));

    /// <summary>Domains that have a name or vcpus by their id; the name of one that has vcpus alone, as <c>vcpus.dom14</c>, is the one that metrics show.</summary>
    internal IEnumerable<(int Domid, string Name)> NamedDomains()
    {
        var names = new SortedDictionary<int, string>();
        foreach ((string suffix, string name) in Below(NamePrefix))
        {
            if (Domid(suffix) is { } domid)
                names[domid] = name;
        }

        foreach ((string suffix, _) in Below(VcpusPrefix))
        {
            if (suffix.StartsWith("dom", StringComparison.Ordinal) && Domid(suffix[3..]) is { } domid && !names.ContainsValue(suffix))
                names.TryAdd(domid, suffix);
        }

        return names.Select(n => (n.Key, n.Value));
    }

    /// <summary>Pairs that nothing among the runs to be ingested takes up, each with the reason.</summary>
    /// <param name="units">All runs.</param>
    public IReadOnlyList<string> Unused(IReadOnlyList<IngestUnit> units)
    {
        RunManifest[] assumed = [.. units.Select(u => u.Assumed).OfType<RunManifest>()];
        HashSet<string> domains = [.. assumed.SelectMany(m => m.Domains).Select(d => d.Name)];
        string? Why(string key) => key switch
        {
            "tsc_hz" => null,
            _ when key.StartsWith(BehindPrefix, StringComparison.Ordinal) => null,
            "run" => units.Any(u => u.IsPiped) ? null : "only what comes through a pipe takes its id from there",
            _ when assumed.Length == 0 && !units.Any(u => u.IsPublished) => "every run has a run.json, which says it",
            "campaign" or "xen" or "pcpus" => null,
            "interval_s" => assumed.Any(m => m.Xentop is not null) ? null : "there is no xentop log without run.json",
            _ when key.StartsWith(NamePrefix, StringComparison.Ordinal) && Domid(key[NamePrefix.Length..]) is null => $"'{key[NamePrefix.Length..]}' is no domain id",
            _ when key.StartsWith(VcpusPrefix, StringComparison.Ordinal) && !domains.Contains(key[VcpusPrefix.Length..]) =>
                $"no domain is called '{key[VcpusPrefix.Length..]}'; {(domains.Count == 0 ? "there are none by name" : $"there are {string.Join(", ", domains.Order(StringComparer.Ordinal))}")}: give name.DOMID={key[VcpusPrefix.Length..]} too",
            _ => null,
        };
        return [.. _values.Select(v => (v.Key, v.Value, Why: Why(v.Key))).Where(v => v.Why is not null).Select(v => $"--assume {v.Key}={v.Value} has no effect: {v.Why}")];
    }

    private static int? Domid(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int domid) ? domid : null;

    /// <summary>The range of a key that takes a number, the one the manifest has for it; null for a key that takes a text.</summary>
    private static (double Minimum, double Maximum, bool IsWhole)? RangeOf(string key) => key switch
    {
        "tsc_hz" => (1e6, 1e11, false),
        "pcpus" => (1, 4096, true),
        "interval_s" => (1e-3, 1e6, false),
        _ when key.StartsWith(BehindPrefix, StringComparison.Ordinal) => (0, 1e15, true),
        _ when key.StartsWith(VcpusPrefix, StringComparison.Ordinal) => (1, 8192, true),
        _ => null,
    };

    /// <summary>True for the number of a pcpu in its one spelling: 01 beside 1 would be two answers to one question.</summary>
    private static bool IsPcpu(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort pcpu) && pcpu < 4096 && text == pcpu.ToString(CultureInfo.InvariantCulture);

    private static bool IsWithin(string value, double minimum, double maximum, bool isWhole) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && number >= minimum && number <= maximum && (!isWhole || number == Math.Truncate(number));
}
