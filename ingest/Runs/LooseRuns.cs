using System.Text;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Errors;
using Colocate.Model.Lake.Files;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Runs;

/// <summary>
/// Makes runs of files that have no manifest: recognised traces and logs of one folder are one run, or a run each when there are several of
/// a kind. Such runs have metrics but no scores, because nothing says what was offered or which base case applies.
/// </summary>
internal static class LooseRuns
{
    /// <summary>Why one of two published tables is left out.</summary>
    internal const string OneTable = "published tables are read from the folder that holds both";

    private const string PipeName = "stdin";

    /// <summary>Raw bytes that hold the decoded beginning that formats are recognised by, compressed or not.</summary>
    private const int PipeHeadBytes = 64 << 10;

    /// <summary>The runs of files of one folder, by what they are used for.</summary>
    internal static IEnumerable<RunSource> Of(string lab, string folderInLab, IReadOnlyList<(string File, InputRole Role)> files, Assumptions assumptions)
    {
        bool together = files.GroupBy(f => f.Role).All(g => g.Key is InputRole.Client or InputRole.GuestTrace or InputRole.Xenmon || g.Count() == 1);
        IEnumerable<(string File, InputRole Role)[]> runs = together && files.Count > 0 ? [[.. files]] : files.Select(f => new[] { f });
        foreach ((string File, InputRole Role)[] run in runs)
        {
            string name = run.Length > 1 && folderInLab.Length > 0 ? folderInLab : (folderInLab.Length > 0 ? folderInLab + "-" : "") + Stem(run[0].File);
            yield return new RunSource { LabFolder = lab, FolderInLab = folderInLab, Manifest = Describe(PlainId(name), run, assumptions), LooseFiles = [.. run.Select(f => Path.GetFileName(f.File))] };
        }
    }

    /// <summary>The run of files that made one before; null when one of them is gone, or of no format any more.</summary>
    internal static RunSource? Again(string lab, string folderInLab, IReadOnlyList<string> names, Assumptions assumptions, string? inputFormat)
    {
        IInputFormat? forced = inputFormat is null ? null : FormatCatalogue.Find(inputFormat);
        var files = new List<(string, InputRole)>();
        foreach (string file in names.Select(n => Path.Combine(lab, folderInLab, n)))
        {
            if (Containment.IsInside(lab, file) && Look(file, forced).Format is { Role: not InputRole.Published } format)
                files.Add((file, format.Role));
        }

        return Of(lab, folderInLab, files, assumptions).FirstOrDefault();
    }

    /// <summary>The run that comes through a pipe: one trace or log, recognised by its beginning.</summary>
    /// <exception cref="RequestException">It is of no known format (<see cref="ExitCode.NothingMatched"/>).</exception>
    internal static RunSource FromPipe(Stream piped, Assumptions assumptions, string? inputFormat)
    {
        byte[] raw = new byte[PipeHeadBytes], head = new byte[FormatCatalogue.HeadBytes];
        int got = piped.ReadAtLeast(raw, raw.Length, throwOnEndOfStream: false);
        using var beginning = new DecodedStream(Compressions.Decode(new MemoryStream(raw, 0, got), Compressions.Of(raw.AsSpan(0, got))), new FindingLog(null));
        int decoded = beginning.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if ((inputFormat is null ? FormatCatalogue.Recognise(head.AsSpan(0, decoded)) : FormatCatalogue.Find(inputFormat)) is not { Role: not InputRole.Published } format)
            throw new RequestException(ExitCode.NothingMatched, $"What comes through the pipe is of no known format: it looks like {ContentLook.Of(head.AsSpan(0, decoded))}", "list the known formats with `colocate formats`");
        return new RunSource
        {
            LabFolder = "", FolderInLab = "", Manifest = Describe(assumptions.Text("run") ?? PipeName, [(PipeName, format.Role)], assumptions), Piped = new HeadStream(raw.AsMemory(0, got), piped),
        };
    }

    private static RunManifest Describe(string id, (string File, InputRole Role)[] files, Assumptions assumptions)
    {
        string? FileOf(InputRole role) => files.Where(f => f.Role == role).Select(f => Path.GetFileName(f.File)).FirstOrDefault();
        return new RunManifest
        {
            Run = id,
            Campaign = assumptions.Text("campaign") ?? "unassigned",
            Kind = RunKind.Other,
            KindDeclared = "other",
            Host = new HostSpec { Hypervisor = assumptions.Text("xen"), Pcpus = (int)(assumptions.Number("pcpus") ?? 1), TscHz = assumptions.Number("tsc_hz") },
            Trace = FileOf(InputRole.Trace) is { } trace ? new TraceSpec { File = trace } : null,
            Xentop = FileOf(InputRole.Xentop) is { } xentop ? new XentopSpec { File = xentop, IntervalS = assumptions.Number("interval_s") ?? XentopSpec.DefaultIntervalS, IsIntervalKnown = assumptions.Number("interval_s") is not null } : null,
            XenmonFiles = [.. files.Where(f => f.Role == InputRole.Xenmon).Select(f => Path.GetFileName(f.File))],
            Domains = Domains(files, assumptions),
        };
    }

    private static List<DomainSpec> Domains((string File, InputRole Role)[] files, Assumptions assumptions)
    {
        double? Vcpus(string name) => assumptions.Number("vcpus." + name);
        var domains = assumptions.NamedDomains()
            .Select(n => new DomainSpec { Name = n.Name, Domid = n.Domid, Vcpus = (int)(Vcpus(n.Name) ?? 1), Role = n.Domid == 0 ? "driver" : "guest" })
            .ToList();
        foreach ((string file, InputRole role) in files.Where(f => f.Role is InputRole.Client or InputRole.GuestTrace))
        {
            string name = GuestOf(file, [.. files.Where(f => f.Role == role).Select(f => f.File)]);
            DomainSpec known = domains.FirstOrDefault(d => d.Name == name) ?? new DomainSpec { Name = name, Domid = null, Vcpus = (int)(Vcpus(name) ?? 1), Role = "guest" };
            domains.Remove(known);
            domains.Add(role == InputRole.Client
                ? known with { Client = new ClientSpec { File = Path.GetFileName(file) } }
                : known with { GuestTraceFile = Path.GetFileName(file) });
        }

        return domains;
    }

    /// <summary>
    /// Logs are commonly called TOOL-GUEST: what follows the last dash names the guest, unless several of a kind end alike. A guest has one log of a kind, and none may be
    /// left out unseen.
    /// </summary>
    private static string GuestOf(string file, IReadOnlyList<string> alike)
    {
        string[] Names(string f) => [Stem(f)[(Stem(f).LastIndexOf('-') + 1)..], Stem(f), Path.GetFileName(f)];
        return Names(file).Index().First(n => n.Index == 2 || alike.Count(f => Names(f)[n.Index] == n.Item) == 1).Item;
    }

    /// <summary>The format of a file by its content; null when it is of none, or cannot be read.</summary>
    internal static IInputFormat? Recognise(string file) => Look(file).Format;

    /// <summary>The format of a file by its content, or why it has none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="forced">The format of any file that can be read, whatever its content; null to recognise it.</param>
    internal static (IInputFormat? Format, string? WhyNot) Look(string file, IInputFormat? forced = null)
    {
        if (RealFile.Length(file) == 0)
            return (null, "it has no bytes; what comes through a pipe is given as -");
        try
        {
            var findings = new FindingLog(null);
            using DecodedStream content = Open(file, findings);
            byte[] head = new byte[FormatCatalogue.HeadBytes];
            int got = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if ((forced ?? FormatCatalogue.Recognise(head.AsSpan(0, got))) is { } format)
                return (format, null);
            return (null, got == 0 && findings.HasError
                ? "its compressed stream is damaged from its beginning on"
                : $"of no known format (looks like {ContentLook.Of(head.AsSpan(0, got))}); list the known formats with `colocate formats`");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, "cannot be read: " + e.Message);
        }
    }

    /// <summary>The rows of a file by itself, read as if nothing were known of its run.</summary>
    internal static RowSink Read(string file, IInputFormat format)
    {
        var rows = new RowSink();
        using Stream content = Open(file);
        format.Read(content, OfNobody(), rows, CancellationToken.None);
        return rows;
    }

    /// <summary>The lines of a text log; those too long for one are left out.</summary>
    internal static IEnumerable<string> Lines(string file)
    {
        using Stream content = Open(file);
        foreach (TextLine line in LineReader.Read(content, OfNobody(), CancellationToken.None))
            yield return line.Text;
    }

    /// <summary>A run of which nothing is known. Any frequency will do: it makes seconds of what a trace counts, and nobody uses those.</summary>
    private static InputContext OfNobody() => new()
    {
        Run = new RunManifest { Run = "draft", Campaign = "draft", Kind = RunKind.Other, KindDeclared = "other", Host = new HostSpec { Pcpus = 1, TscHz = 1e9 }, Domains = [] },
        Settings = new IngestSettings(),
        Findings = new FindingLog(null),
    };

    /// <summary>The decoded content of a file.</summary>
    internal static DecodedStream Open(string file, FindingLog? findings = null) =>
        InputFile.Find(Path.GetDirectoryName(file)!, "", Path.GetFileName(file), InputRole.Trace).Open(findings ?? new FindingLog(null), out _);

    /// <summary>A file's name up to its first dot.</summary>
    internal static string Stem(string file)
    {
        string name = Path.GetFileName(file);
        int dot = name.IndexOf('.', 1);
        return dot < 0 ? name : name[..dot];
    }

    /// <summary>A name as an id: what ids may not hold becomes a dash.</summary>
    internal static string PlainId(string name)
    {
        var id = new StringBuilder(name.Length);
        foreach (char c in name)
            id.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-');
        return id.ToString().TrimStart('.') is { Length: > 0 } plain ? plain[..Math.Min(plain.Length, 128)] : "run";
    }
}
