using System.Text.Json;

namespace Colocate.Model.Runs;

/// <summary>
/// Reads and validates <c>run.json</c>. Every broken rule is reported at once, each with the path of its field, so that a
/// manifest is mended in one go. Unknown fields are ignored: manifests may carry more than Colocate reads.
/// </summary>
public static class ManifestReader
{
    /// <summary>File name of a manifest.</summary>
    public const string FileName = "run.json";

    /// <summary>Ten times saturation. Rates in per cent would lie beyond.</summary>
    private const double MaxRateFraction = 10;

    private static readonly Dictionary<string, RunKind> s_kinds =
        Enum.GetValues<RunKind>().ToDictionary(k => k.ToString().ToLowerInvariant());

    /// <summary>Parses a manifest.</summary>
    /// <param name="utf8">The bytes of <c>run.json</c>.</param>
    /// <param name="folderInLab">Folder of the manifest relative to the lab folder, with <c>/</c>; empty for the lab folder itself.</param>
    /// <param name="problems">Rules broken; empty exactly when the result is not null.</param>
    public static RunManifest? Parse(ReadOnlyMemory<byte> utf8, string folderInLab, out IReadOnlyList<ManifestProblem> problems)
    {
        var found = new List<ManifestProblem>();
        problems = found;
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException e)
        {
            found.Add(utf8.IsEmpty ? new("", "the file is empty", "write one run as { \"run\": ..., ... }") : new("", $"not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", "check the file with a JSON validator"));
            return null;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                found.Add(new("", "the document is not an object", "write one run as { \"run\": ..., ... }"));
                return null;
            }

            var root = new ManifestNode(document.RootElement, "", folderInLab, found);
            try
            {
                RunManifest manifest = ReadRun(root);
                return found.Count == 0 ? manifest : null;
            }
            catch (InvalidOperationException)
            {
                // The library's answer to an escaped half of a surrogate pair.
                found.Add(new("", "a text holds an escape that is no character", "write the text without \\ud800 to \\udfff"));
                return null;
            }
        }
    }

    private static RunManifest ReadRun(ManifestNode root)
    {
        string declared = root.Text("kind") ?? "";
        RunKind kind = s_kinds.GetValueOrDefault(declared, RunKind.Other);
        if (declared.Length > 0 && !s_kinds.ContainsKey(declared))
            root.Report("kind", $"'{declared}' is not a kind", $"write one of {string.Join(", ", s_kinds.Keys)}");
        bool loaded = kind is RunKind.Base or RunKind.BaseVm2 or RunKind.Solo or RunKind.Pair or RunKind.Sweep;
        ManifestNode? host = root.Child("host");
        ManifestNode? nic = host?.OptionalChild("nic");
        ManifestNode? trace = root.OptionalChild("trace");
        ManifestNode? xentop = root.OptionalChild("xentop");
        double? intervalS = xentop?.OptionalNumber("interval_s", 1e-3, 1e6);
        return new RunManifest
        {
            Run = root.Identifier("run"),
            Campaign = root.Identifier("campaign"),
            Kind = kind,
            KindDeclared = declared,
            Host = new HostSpec
            {
                Name = host?.OptionalText("name"),
                Hypervisor = host?.OptionalText("hypervisor"),
                Scheduler = host?.OptionalText("scheduler"),
                TsliceMs = host?.OptionalNumber("tslice_ms", 0, 1e6),
                RatelimitUs = host?.OptionalNumber("ratelimit_us", 0, 1e9),
                Pcpus = host?.Count("pcpus", 1, 4096) ?? 1,
                TscHz = host?.OptionalNumber("tsc_hz", 1e6, 1e11),
                NicMbit = nic?.OptionalNumber("mbit", 1e-6, 1e9),
                NicBurstBytes = (long?)nic?.OptionalNumber("burst_bytes", 0, 1e15),
                NicQueueBytes = (long?)nic?.OptionalNumber("queue_bytes", 0, 1e15),
            },
            RateFraction = loaded ? root.Number("rate_fraction", 0, MaxRateFraction) : root.OptionalNumber("rate_fraction", 0, MaxRateFraction),
            Start = root.OptionalTime("start"),
            End = root.OptionalTime("end"),
            LoadS = root.OptionalNumber("load_s", 0, 1e9),
            Trace = trace is null ? null : new TraceSpec
            {
                File = trace.File("file"),
                Events = trace.OptionalText("events"),
                StartsAfterS = trace.OptionalNumber("starts_after_s", 0, 1e9),
                Seconds = trace.OptionalNumber("seconds", 0, 1e9),
            },
            Xentop = xentop is null ? null : new XentopSpec
            {
                File = xentop.File("file"),
                IntervalS = intervalS ?? XentopSpec.DefaultIntervalS,
                IsIntervalKnown = intervalS is not null,
                StartsAfterS = xentop.OptionalNumber("starts_after_s", 0, 1e9),
            },
            XenmonFiles = [.. root.OptionalItems("xenmon").Select(log => log.File("file"))],
            Domains = ReadDomains(root, kind, loaded),
            Notes = root.OptionalText("notes") ?? "",
        };
    }

    private static List<DomainSpec> ReadDomains(ManifestNode root, RunKind kind, bool loaded)
    {
        var domains = root.Items("domains").Select(ReadDomain).ToList();
        if (domains.Count == 0)
            return domains;
        foreach (var twice in domains.GroupBy(d => d.Name).Where(g => g.Count() > 1 && g.Key.Length > 0))
            root.Report("domains", $"the name '{twice.Key}' is given twice", "give every domain a name of its own");
        foreach (var twice in domains.GroupBy(d => d.Domid).Where(g => g.Key is not null && g.Count() > 1))
            root.Report("domains", $"the domid {twice.Key} is given twice", "check the ids with `xl list`");
        if (domains.Any(d => d.Name == "host"))
            root.Report("domains", "'host' stands for the whole host and cannot name a domain", "rename the domain");
        int guests = domains.Count(d => d.IsLoaded);
        if (loaded && guests == 0)
            root.Report("domains", $"a run of kind '{kind.ToString().ToLowerInvariant()}' needs a loaded guest", "give a guest a workload other than 'idle'");
        if (kind is RunKind.Base or RunKind.BaseVm2 or RunKind.Solo && guests > 1)
            root.Report("domains", $"a run of kind '{kind.ToString().ToLowerInvariant()}' has one loaded guest, here are {guests}", "use the kind 'pair' or 'three'");
        return domains;
    }

    private static DomainSpec ReadDomain(ManifestNode node)
    {
        string role = node.OptionalText("role") ?? "guest";
        if (role is not ("driver" or "guest"))
            node.Report("role", $"'{role}' is not a role", "write \"driver\" or \"guest\"");
        string? workload = role == "guest" ? node.Text("workload") : node.OptionalText("workload");
        ManifestNode? client = node.OptionalChild("client");
        ManifestNode? server = node.OptionalChild("server");
        double? cap = node.OptionalNumber("cap_percent", 0, 1e5);
        return new DomainSpec
        {
            Name = node.Text("name") ?? "",
            Domid = node.OptionalCount("domid", 0, 32751),
            Vcpus = node.Count("vcpus", 1, 8192),
            MemoryMb = node.OptionalNumber("memory_mb", 0, 1e9),
            Weight = node.OptionalNumber("weight", 1, 65535),
            CapFraction = cap / 100,
            Role = role,
            Workload = workload,
            ReplyBytes = (long?)node.OptionalNumber("reply_bytes", 0, 1e15),
            OfferedPerS = node.OptionalNumber("offered_per_s", 0, 1e9),
            Server = server is null ? null : new ServerSpec
            {
                Name = server.OptionalText("name"),
                Workers = server.OptionalCount("workers", 1, 1 << 20),
                Backlog = server.OptionalCount("backlog", 0, 1 << 20),
            },
            Client = client is null ? null : new ClientSpec
            {
                Tool = client.OptionalText("tool"),
                File = client.File("file"),
                TimeoutS = client.OptionalNumber("timeout_s", 0, 1e6),
                RequestsPerConnection = client.OptionalNumber("requests_per_connection", 0, 1e9),
                Arrivals = client.OptionalText("arrivals"),
            },
            GuestTraceFile = node.OptionalChild("guest_trace")?.File("file"),
        };
    }
}
