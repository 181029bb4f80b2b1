using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;

namespace Colocate.Fuzz;

/// <summary>Something that takes any bytes. It must not throw, hang or fill memory, and must say where every byte went.</summary>
/// <param name="Name">Its name; a folder of the same name below <c>tests/corpus/found</c> holds what it once stumbled over.</param>
/// <param name="Seeds">Folders below <c>tests/corpus</c> with files to begin from.</param>
/// <param name="Take">Takes the bytes.</param>
public sealed record FuzzTarget(string Name, IReadOnlyList<string> Seeds, Action<byte[]> Take)
{
    /// <summary>All targets: one reads as each format that <see cref="FormatCatalogue"/> lists, the others are what comes before a format.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("recognise", SeedsOf(FormatCatalogue.All), Recognise),
        new("lines", SeedsOf(FormatCatalogue.All.Where(f => f.Role == InputRole.Client)), SplitLines),
        new("file", SeedsOf(FormatCatalogue.All), ReadFile),
        new("records", SeedsOf(FormatCatalogue.All.Where(f => f.Role == InputRole.Trace)), ReadRecords),
        .. FormatCatalogue.All.Select(f => new FuzzTarget(f.Id, SeedsOf([f]), content => ReadAs(f, content))),
    ];

    /// <summary>A run in which guest vm1 is loaded; xentop and trace begin 5 s into it.</summary>
    private static RunManifest Run => new()
    {
        Run = "run", Campaign = "campaign", Kind = RunKind.Base, KindDeclared = "base", LoadS = 22,
        Host = new HostSpec { Pcpus = 1, TscHz = 2.4e9 },
        Trace = new TraceSpec { File = "xentrace.bin", StartsAfterS = 5, Seconds = 14 },
        Xentop = new XentopSpec { File = "xentop.txt", IntervalS = 1 },
        Domains =
        [
            new DomainSpec { Name = "Domain-0", Domid = 0, Vcpus = 1, Role = "driver" },
            new DomainSpec { Name = "vm1", Domid = 1, Vcpus = 1, Role = "guest", Workload = "1KB" },
        ],
    };

    private static IReadOnlyList<string> SeedsOf(IEnumerable<IInputFormat> formats) => [.. formats.SelectMany(f => (string[])[$"good/{f.Id}", $"bad/{f.Id}"])];

    private static void Recognise(byte[] content)
    {
        ReadOnlySpan<byte> head = content.AsSpan(0, Math.Min(content.Length, FormatCatalogue.HeadBytes));
        IInputFormat? first = FormatCatalogue.Recognise(head);
        foreach (IInputFormat format in FormatCatalogue.All)
        {
            if (head.Length > 0 && format.Recognises(head) && first is null)
                throw new InvalidOperationException($"{format.Id} recognises what the list does not");
        }
    }

    private static void SplitLines(byte[] content)
    {
        InputContext context = ContextOf(InputRole.Client);
        long bytes = LineReader.Read(new MemoryStream(content), context, CancellationToken.None).Sum(l => (long)l.Bytes) + context.Bytes.Skipped;
        Demand(bytes, content.Length);
    }

    private static void ReadAs(IInputFormat format, byte[] content, IngestSettings? settings = null)
    {
        InputContext context = ContextOf(format.Role, settings);
        var rows = new RowSink();
        format.Read(new MemoryStream(content), context, rows, CancellationToken.None);
        Demand(context.Bytes.Total, content.Length);
        MakeRows(rows);
    }

    /// <summary>
    /// Any two times of a trace are few intervals apart at this frequency. At a real one a damaged time fills the tables of intervals to their limit, which takes a second,
    /// and most of what a fuzzer makes has one.
    /// </summary>
    private static void ReadRecords(byte[] content)
    {
        foreach (IInputFormat format in FormatCatalogue.All.Where(f => f.Role == InputRole.Trace))
        {
            foreach (MetricMethod method in Enum.GetValues<MetricMethod>())
                ReadAs(format, content, new IngestSettings { TscHz = 1e18, Method = method });
        }
    }

    /// <summary>As a run reads it, from decompression and recognition to the account of its bytes, once for every use of a file.</summary>
    private static void ReadFile(byte[] content)
    {
        RunManifest run = Run;
        foreach (InputRole role in Enum.GetValues<InputRole>())
        {
            InputFile file = InputFile.Piped("input", new MemoryStream(content), role, run.Domains[^1]);
            var rows = new RowSink();
            InputReading reading = InputReading.Read(file, run, new IngestSettings(), rows, null, CancellationToken.None);
            Demand(reading.Row.Bytes ?? -1, content.Length);
            Demand(reading.Row.ParsedBytes + reading.Row.SkippedBytes + reading.Row.SetAsideBytes ?? -1, reading.Row.DecodedBytes ?? -1);
            MakeRows(rows);
        }
    }

    private static InputContext ContextOf(InputRole role, IngestSettings? settings = null)
    {
        RunManifest run = Run;
        DomainSpec? domain = role is InputRole.Client or InputRole.GuestTrace ? run.Domains[^1] : null;
        return new InputContext { Run = run, Domain = domain, Settings = settings ?? new IngestSettings(), Findings = new FindingLog("input") };
    }

    /// <summary>Makes every row, as writing them does: some are made no sooner.</summary>
    private static void MakeRows(RowSink rows)
    {
        foreach ((_, IReadOnlyList<object> table) in rows.Tables())
            Demand(table.Sum(_ => 1L), table.Count);
    }

    private static void Demand(long accounted, long expected)
    {
        if (accounted != expected)
            throw new InvalidOperationException($"{accounted} of {expected} are accounted for");
    }
}
