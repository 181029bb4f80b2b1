using System.Globalization;
using System.Text;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
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
    private const string PipeName = "stdin";

    /// <summary>Raw bytes that hold the decoded beginning that formats are recognised by, compressed or not.</summary>
    private const int PipeHeadBytes = 64 << 10;

    internal static IEnumerable<RunSource> FromFiles(string lab, string folderInLab, IReadOnlyList<string> files, Assumptions assumptions)
    {
        var recognised = new List<(string File, InputRole Role)>();
        foreach (string file in files)
        {
            if (Containment.IsInside(lab, file) && Recognise(file) is { Role: not InputRole.Published } format)
                recognised.Add((file, format.Role));
        }

        bool together = recognised.GroupBy(f => f.Role).All(g => g.Key is InputRole.Client or InputRole.GuestTrace or InputRole.Xenmon || g.Count() == 1);
        IEnumerable<(string File, InputRole Role)[]> runs = together && recognised.Count > 0 ? [[.. recognised]] : recognised.Select(f => new[] { f });
        foreach ((string File, InputRole Role)[] run in runs)
        {
            string name = run.Length > 1 && folderInLab.Length > 0 ? folderInLab : (folderInLab.Length > 0 ? folderInLab + "-" : "") + Stem(run[0].File);
            yield return new RunSource { LabFolder = lab, FolderInLab = folderInLab, Manifest = Describe(PlainId(name), run, assumptions), LooseFiles = [.. run.Select(f => Path.GetFileName(f.File))] };
        }
    }

    /// <summary>The run that comes through a pipe: one trace or log, recognised by its beginning.</summary>
    /// <exception cref="RequestException">It is of no known format (<see cref="ExitCode.NothingMatched"/>).</exception>
    internal static RunSource FromPipe(Stream piped, Assumptions assumptions)
    {
        byte[] raw = new byte[PipeHeadBytes], head = new byte[FormatCatalogue.HeadBytes];
        int got = piped.ReadAtLeast(raw, raw.Length, throwOnEndOfStream: false);
        using var beginning = new DecodedStream(Compressions.Decode(new MemoryStream(raw, 0, got), Compressions.Of(raw.AsSpan(0, got))), new FindingLog(null));
        int decoded = beginning.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (FormatCatalogue.Recognise(head.AsSpan(0, decoded)) is not { Role: not InputRole.Published } format)
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
            Xentop = FileOf(InputRole.Xentop) is { } xentop ? new XentopSpec { File = xentop, IntervalS = assumptions.Number("interval_s") ?? 3 } : null,
            XenmonFiles = [.. files.Where(f => f.Role == InputRole.Xenmon).Select(f => Path.GetFileName(f.File))],
            Domains = Domains(files, assumptions),
        };
    }

    private static List<DomainSpec> Domains((string File, InputRole Role)[] files, Assumptions assumptions)
    {
        double? Vcpus(string name) => assumptions.Number("vcpus." + name);
        var domains = assumptions.Below("name.")
            .Where(n => int.TryParse(n.Suffix, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(n => (Domid: int.Parse(n.Suffix, CultureInfo.InvariantCulture), Name: n.Value))
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

    /// <summary>Why a file cannot be ingested by itself; null when it can.</summary>
    internal static string? WhyNot(string file) =>
        Look(file) is var (format, why) && format?.Role == InputRole.Published ? "published tables are read from the folder that holds both" : why;

    /// <summary>The format of a file by its content, or why it has none.</summary>
    private static (IInputFormat? Format, string? WhyNot) Look(string file)
    {
        if (RealFile.Length(file) == 0)
            return (null, "it has no bytes; what comes through a pipe is given as -");
        try
        {
            var findings = new FindingLog(null);
            using DecodedStream content = Open(file, findings);
            byte[] head = new byte[FormatCatalogue.HeadBytes];
            int got = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (FormatCatalogue.Recognise(head.AsSpan(0, got)) is { } format)
                return (format, null);
            return (null, got == 0 && findings.HasError ? "its compressed stream is damaged from its beginning on" : "looks like " + ContentLook.Of(head.AsSpan(0, got)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, "cannot be read: " + e.Message);
        }
    }

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
