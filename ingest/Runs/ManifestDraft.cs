using System.Globalization;
using Colocate.Ingest.Formats;
using Colocate.Model.Errors;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>
/// Guesses a manifest for a folder of logs: files are recognised by content, guests by the names of files, of <c>xl list</c> and of xentop, else by the ids in trace and XenMon's logs.
/// What nothing tells is left open, or taken as the least there can be, and named in <see cref="Doubts"/>.
/// </summary>
public sealed class ManifestDraft
{
    private const string DriverName = "Domain-0";

    private readonly List<(string File, IInputFormat Format)> _recognised = [];
    private readonly List<string> _doubts = [];
    private readonly HostNotes _notes = new();
    private readonly HostSeen _seen = new();

    private ManifestDraft(string folder) => Folder = Path.GetFullPath(folder);

    /// <summary>The folder that the manifest is for.</summary>
    public string Folder { get; }

    /// <summary>Every file that the manifest uses or was made from, with what it is.</summary>
    public IReadOnlyList<(string File, string What)> Files { get; private set; } = [];

    /// <summary>Guesses that a person should look at, one sentence each.</summary>
    public IReadOnlyList<string> Doubts => _doubts;

    /// <summary>The manifest as guessed.</summary>
    public RunManifest Manifest { get; private set; } = null!;

    /// <summary>Looks at a folder.</summary>
    /// <param name="folder">Folder with logs; its sub-folders are not looked at.</param>
    /// <param name="named">Full paths of files that manifests name already; they are left to those.</param>
    /// <returns>Null when no file of a known format lies there.</returns>
    /// <exception cref="RequestException">There are two traces or two xentop logs (<see cref="ExitCode.WrongUse"/>).</exception>
    public static ManifestDraft? Of(string folder, IReadOnlySet<string> named)
    {
        var draft = new ManifestDraft(folder);
        var what = new List<(string, string)>();
        foreach (string file in Directory.EnumerateFiles(draft.Folder).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(file);
            if (name == ManifestReader.FileName || named.Contains(file))
                continue;
            if (LooseRuns.Recognise(file) is { Role: not InputRole.Published } format)
            {
                draft._recognised.Add((name, format));
                what.Add((name, format.Id));
            }
            else if (draft._notes.Take(file))
            {
                what.Add((name, "notes"));
            }
        }

        draft.Files = what;
        if (draft._recognised.Count == 0)
            return null;
        draft.Guess();
        return draft;
    }

    /// <summary>Full paths of the files that the manifest of a folder names; none where it has no valid one.</summary>
    /// <param name="lab">Folder that the manifest's paths may not leave.</param>
    /// <param name="folder">Folder of the manifest, in it.</param>
    public static IEnumerable<string> NamedIn(string lab, string folder) => LabScan.FilesOf(LabScan.ReadManifest(lab, Path.GetRelativePath(lab, folder).Replace('\\', '/')));

    private void Guess()
    {
        string? trace = Only(InputRole.Trace), xentop = Only(InputRole.Xentop);
        Look(trace);
        Dictionary<string, ClientResultRow?> clients = Of(InputRole.Client).ToDictionary(f => f, ReadClient);
        List<DomainSpec> domains = GuessDomains(clients, xentop is null ? [] : ReadXentop(xentop));
        int loaded = domains.Count(d => d.IsLoaded);
        RunKind kind = Enum.TryParse(_notes.Text("kind"), ignoreCase: true, out RunKind noted) ? noted : RunKind.Other;
        if (kind == RunKind.Other)
            _doubts.Add("kind: nothing tells what the run was made for; scores need base, solo, pair or sweep, and rate_fraction");
        if (loaded == 0)
            _doubts.Add("workloads: no log of a client lies here, so guests count as idle; name what loaded them with --workload GUEST=NAME");
        double? intervalS = xentop is null ? null : _notes.Number("xentop_interval_s") ?? TimedIntervalS(xentop);
        if (xentop is not null && intervalS is null)
            _doubts.Add($"xentop.interval_s: none; nothing tells the -d that xentop was given, without which it is {XentopSpec.DefaultIntervalS}");
        if (_notes.Number("info.nr_cpus") is null)
            _doubts.Add($"host.pcpus: {(_seen.Pcpus > 0 ? string.Create(CultureInfo.InvariantCulture, $"{_seen.Pcpus}, as many as the logs show") : "1; nothing tells")} (keep the output of `xl info` in the folder)");
        if (trace is not null && _notes.Number("info.cpu_mhz") is null)
            _doubts.Add("host.tsc_hz: none, so the trace itself must show it (keep the output of `xl info` in the folder)");
        DirectoryInfo own = new(Folder);
        Manifest = new RunManifest
        {
            Run = LooseRuns.PlainId(own.Name),
            Campaign = LooseRuns.PlainId(_notes.Text("campaign") ?? own.Parent?.Name ?? "unassigned"),
            Kind = kind,
            KindDeclared = kind.ToString().ToLowerInvariant(),
            Host = GuessHost(),
            RateFraction = _notes.Number("rate_fraction"),
            Start = DateTimeOffset.TryParse(_notes.Text("start"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset start) ? start : null,
            LoadS = _notes.Number("load_s") ?? clients.Values.Max(c => c?.DurationS),
            Trace = trace is null ? null : new TraceSpec { File = trace, Events = _notes.Text("trace_events"), StartsAfterS = _notes.Number("trace_starts_after_s"), Seconds = _notes.Number("trace_seconds") },
            Xentop = xentop is null ? null : new XentopSpec { File = xentop, IntervalS = intervalS ?? XentopSpec.DefaultIntervalS, IsIntervalKnown = intervalS is not null, StartsAfterS = _notes.Number("xentop_starts_after_s") },
            XenmonFiles = [.. Of(InputRole.Xenmon)],
            Domains = domains,
        };
    }

    private HostSpec GuessHost() => new()
    {
        Hypervisor = _notes.Text("info.xen_version") is { } version ? "Xen " + version : _notes.Text("info.xen_major") is { } major ? $"Xen {major}.{_notes.Text("info.xen_minor")}{_notes.Text("info.xen_extra")}" : null,
        Scheduler = _notes.Text("info.xen_scheduler") ?? _notes.Text("scheduler"),
        TsliceMs = _notes.Number("tslice_ms"),
        RatelimitUs = _notes.Number("ratelimit_us"),
        Pcpus = (int)(_notes.Number("info.nr_cpus") ?? Math.Max(1, _seen.Pcpus)),

        // Xen's own measurement of the TSC, in kHz (cpu_khz).
        TscHz = Math.Round((_notes.Number("info.cpu_mhz") ?? 0) * 1e6) is >= 1e6 and <= 1e11 and var hz ? hz : null,
    };

    /// <summary>Domains in the order of <c>xl list</c>, else of xentop, Domain-0 first; then guests that only their client's log names.</summary>
    private List<DomainSpec> GuessDomains(Dictionary<string, ClientResultRow?> clients, Dictionary<string, int> seen)
    {
        List<string> names = [.. _notes.Domains.Keys.Concat(seen.Keys.Where(n => !_notes.Domains.Keys.Any(d => Xentop.XentopName.Matches(n, d)))).OrderByDescending(n => n == DriverName)];
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var traces = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string file, IInputFormat format) in _recognised.Where(f => f.Format.Role is InputRole.Client or InputRole.GuestTrace))
        {
            string name = GuestOf(file, names);
            if (!names.Contains(name))
                names.Add(name);
            if (!(format.Role == InputRole.Client ? files : traces).TryAdd(name, file))
                throw new RequestException(ExitCode.WrongUse, $"'{Folder}' holds two logs of guest '{name}', {file} being the second", "give every run a folder of its own, and call logs TOOL-GUEST.txt");
        }

        Dictionary<string, int> ids = AddSeen(names);
        return [.. names.Select(name => GuessDomain(name, ids, seen, files.GetValueOrDefault(name), traces.GetValueOrDefault(name), clients))];
    }

    /// <summary>
    /// Adds what trace and XenMon's logs show: Domain-0, and, where nothing names a guest, every guest by the name that metrics show. Named guests and ids of nameless ones are not
    /// put together: that would be a guess with every figure behind it.
    /// </summary>
    /// <returns>Ids of domains that no <c>xl list</c> has, by name.</returns>
    private Dictionary<string, int> AddSeen(List<string> names)
    {
        if (!names.Contains(DriverName) && (_seen.Vcpus.ContainsKey(0) || names.Count == 0))
            names.Insert(0, DriverName);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal) { [DriverName] = 0 };
        int[] guests = [.. _seen.Vcpus.Keys.Where(d => d != 0 && !_notes.Domains.Values.Any(n => n.Domid == d))];
        if (names.Count > 1 && guests.Length > 0)
            _doubts.Add($"domids: the logs show {string.Join(", ", guests)}; nothing tells whose they are (keep the output of `xl list` in the folder)");
        else if (names.Count == 1 && guests.Length == 0 && _notes.Domains.Count == 0)
            _doubts.Add($"domains: {DriverName} alone; nothing tells of guests (keep the output of `xl list` in the folder)");
        if (names.Count > 1)
            return ids;
        foreach (int domid in guests)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"dom{domid}");
            ids.Add(name, domid);
            names.Add(name);
            _doubts.Add($"name of {name}: nothing tells it (keep the output of `xl list` in the folder)");
        }

        return ids;
    }

    private DomainSpec GuessDomain(string name, Dictionary<string, int> ids, Dictionary<string, int> seen, string? client, string? guestTrace, Dictionary<string, ClientResultRow?> clients)
    {
        bool isListed = _notes.Domains.TryGetValue(name, out (int Domid, double MemoryMb, int Vcpus) listed), isDriver = name == DriverName;
        int? domid = isListed ? listed.Domid : ids.TryGetValue(name, out int shown) ? shown : null;
        int vcpus = isListed ? listed.Vcpus : Math.Max(seen.GetValueOrDefault(name), domid is null ? 0 : _seen.Vcpus.GetValueOrDefault(domid.Value));
        bool hasShare = _notes.Shares.TryGetValue(name, out (double Weight, double CapPercent) share);
        if (!isListed && !seen.ContainsKey(name))
            _doubts.Add($"vcpus of {name}: {(vcpus > 0 ? string.Create(CultureInfo.InvariantCulture, $"{vcpus}, as many as the trace shows") : "1; nothing tells")}");
        if (domid is null)
            _doubts.Add($"domid of {name}: unknown, so it gets no metrics (keep the output of `xl list` in the folder)");
        if (client is not null && _notes.Text("workload." + name) is null)
            _doubts.Add($"workload of {name}: 'unnamed'; nothing tells its name");
        return new DomainSpec
        {
            Name = name,
            Domid = domid,
            Vcpus = Math.Max(1, vcpus),
            MemoryMb = isListed ? listed.MemoryMb : null,
            Weight = hasShare ? share.Weight : null,
            CapFraction = hasShare ? share.CapPercent / 100 : null,
            Role = isDriver ? "driver" : "guest",
            Workload = isDriver ? null : client is null && guestTrace is null ? DomainSpec.IdleWorkload : _notes.Text("workload." + name) ?? "unnamed",
            OfferedPerS = client is null ? null : clients[client]?.OfferedPerS,
            Client = client is null ? null : new ClientSpec { File = client, Tool = clients[client]?.Tool },
            GuestTraceFile = guestTrace,
        };
    }

    /// <summary>The domain whose name stands in a file's; else what follows its last dash.</summary>
    private static string GuestOf(string file, List<string> names)
    {
        string stem = LooseRuns.Stem(file);
        return names.Where(n => n != DriverName && (stem == n || stem.EndsWith("-" + n, StringComparison.Ordinal) || stem.EndsWith("_" + n, StringComparison.Ordinal) || stem.StartsWith(n + "-", StringComparison.Ordinal))).MaxBy(n => n.Length)
            ?? stem[(stem.LastIndexOf('-') + 1)..];
    }

    private string? Only(InputRole role)
    {
        string[] files = [.. Of(role)];
        return files.Length <= 1 ? files.FirstOrDefault()
            : throw new RequestException(ExitCode.WrongUse, $"'{Folder}' holds {files.Length} files of the kind {role.ToString().ToLowerInvariant()}: {string.Join(", ", files)}", "give every run a folder of its own");
    }

    private IEnumerable<string> Of(InputRole role) => _recognised.Where(f => f.Format.Role == role).Select(f => f.File);

    /// <summary>Looks at what is read for nothing else: a trace where notes leave something open that it shows, and XenMon's logs, which are short.</summary>
    private void Look(string? trace)
    {
        if (trace is not null && (_notes.Domains.Count == 0 || _notes.Number("info.nr_cpus") is null))
            _seen.Take(Read(trace));
        foreach (string log in Of(InputRole.Xenmon))
            _seen.Take(Read(log));
    }

    /// <summary>The interval that the times in a xentop log show; null where it has none.</summary>
    private double? TimedIntervalS(string file)
    {
        int iterations = Read(file).Of<XentopSampleRow>().Select(s => s.SampleIndex + 1).DefaultIfEmpty().Max();
        return XentopTimes.IntervalS(LooseRuns.Lines(Path.Combine(Folder, file)), iterations);
    }

    private ClientResultRow? ReadClient(string file) => Read(file).Of<ClientResultRow>().FirstOrDefault();

    /// <summary>Vcpus of the domains of a xentop log, in the order in which they appear.</summary>
    private Dictionary<string, int> ReadXentop(string file)
    {
        RowSink rows = Read(file);
        _seen.Take(rows);
        return rows.Of<XentopSampleRow>().GroupBy(s => s.Domain).ToDictionary(g => g.Key, g => g.Max(s => s.Vcpus ?? 1));
    }

    private RowSink Read(string file) => LooseRuns.Read(Path.Combine(Folder, file), _recognised.Single(f => f.File == file).Format);
}
