using System.Globalization;
using System.Text;
using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest;

/// <summary>What a format made of some bytes.</summary>
public sealed class Reading
{
    private Reading(InputContext context, RowSink rows) => (Context, Rows) = (context, rows);

    public InputContext Context { get; }

    public RowSink Rows { get; }

    public IReadOnlyList<Finding> Findings => Context.Findings.ToList();

    public IEnumerable<string> Codes => Findings.Select(f => f.Kind.Code);

    /// <summary>Reads bytes with a format as a file of <paramref name="run"/>, by default one in which guest vm1 is loaded with 1KB.</summary>
    public static Reading Of(IInputFormat format, Stream content, RunManifest? run = null, IngestSettings? settings = null, CancellationToken? cancellation = null)
    {
        run ??= Run();
        var reading = new Reading(
            new InputContext
            {
                Run = run,
                Domain = format.Role is InputRole.Client or InputRole.GuestTrace ? run.Domains[^1] : null,
                Settings = settings ?? new IngestSettings(),
                Findings = new FindingLog("input"),
            },
            new RowSink());
        format.Read(content, reading.Context, reading.Rows, cancellation ?? TestContext.Current.CancellationToken);
        MakeRows(reading.Rows);
        return reading;
    }

    /// <summary>Makes every row, as writing them does: some are made no sooner, and must not throw then.</summary>
    internal static void MakeRows(RowSink rows) => Assert.All(rows.Tables(), t => Assert.Equal(t.Value.Count, t.Value.Select(r => r).ToList().Count));

    public static Reading Of(IInputFormat format, byte[] content, RunManifest? run = null) => Of(format, new MemoryStream(content), run);

    public static Reading Of(IInputFormat format, string content, RunManifest? run = null) => Of(format, Encoding.UTF8.GetBytes(content), run);

    /// <summary>A run of 22 s of load; xentop and trace begin 5 s into it and xentop prints every second.</summary>
    public static RunManifest Run() => new()
    {
        Run = "run",
        Campaign = "campaign",
        Kind = RunKind.Base,
        KindDeclared = "base",
        Host = new HostSpec { Pcpus = 1, TscHz = 2.4e9 },
        LoadS = 22,
        Trace = new TraceSpec { File = "xentrace.bin", StartsAfterS = 5, Seconds = 14 },
        Xentop = new XentopSpec { File = "xentop.txt", IntervalS = 1 },
        Domains =
        [
            new DomainSpec { Name = "Domain-0", Domid = 0, Vcpus = 1, Role = "driver" },
            new DomainSpec { Name = "vm1", Domid = 1, Vcpus = 1, Role = "guest", Workload = "1KB" },
        ],
    };

    /// <summary>Bytes, findings and rows as CSV: what expected files hold. Run, campaign and columns without any value are left out.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        ByteAccount bytes = Context.Bytes;
        Table(text, "bytes", ["parsed", "skipped", "set_aside", "records", "lost_records"],
            [[bytes.Parsed, bytes.Skipped, bytes.SetAside, bytes.Records, bytes.LostRecords]]);
        Table(text, "findings", ["code", "count", "first_offset", "pcpu", "detail"],
            [.. Findings.Select(f => new object?[] { f.Kind.Code, f.Count, f.FirstOffset, f.Pcpu, f.Detail })]);
        foreach ((Table table, IReadOnlyList<object> rows) in Rows.Tables())
        {
            Column[] columns = [.. table.Columns.Where(c => c.Name is not ("run" or "campaign") && rows.Any(r => c.Get(r) is not null))];
            Table(text, table.Name, [.. columns.Select(c => c.Name)], [.. rows.Select(r => columns.Select(c => c.Get(r)).ToArray())]);
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, string name, string[] header, object?[][] rows)
    {
        text.Append("# ").Append(name).Append('\n').AppendJoin(',', header).Append('\n');
        foreach (object?[] row in rows)
            text.AppendJoin(',', row.Select(Field)).Append('\n');
        text.Append('\n');
    }

    private static string Field(object? value) => value switch
    {
        null => "",
        true => "true",
        false => "false",
        string s when s.Contains(',') || s.Contains('"') => $"\"{s.Replace("\"", "\"\"")}\"",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
