using System.Globalization;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Published;

/// <summary>
/// Tables I and II of the paper as CSV: base cases of a host whose traces nobody has. Each workload is a run; reading a table for a run
/// takes that workload's row.
/// </summary>
public sealed class PublishedTablesFormat : IInputFormat
{
    /// <summary>First column of both tables: the size of the file served, in KB.</summary>
    private const string Workload = "workload_kb";

    /// <inheritdoc/>
    public string Id => "published-tables";

    /// <inheritdoc/>
    public string Title => "Published base cases: Tables I and II of the paper, or of one like it, as CSV.";

    /// <inheritdoc/>
    public string Definition => "https://doi.org/10.1109/CLOUD.2010.65";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public InputRole Role => InputRole.Published;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "PT";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } = [Table.Of<ClientResultRow>(), Table.Of<DomainMetricsRow>(), Table.Of<HostMetricsRow>()];

    /// <summary>Name of the workload that serves a file of so many KB, as in the rest of the paper's comparison.</summary>
    public static string NameOf(string kilobytes) => kilobytes + "KB";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("workload_kb,"u8);

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
    {
        string? workload = context.Run.LoadedGuests.FirstOrDefault()?.Workload;
        string[] header = [];
        foreach (TextLine line in LineReader.Read(content, context, cancellation))
        {
            string[] fields = line.Text.TrimEnd('\r', '\n').Split(',');
            if (header.Length == 0 && fields[0] == Workload)
            {
                header = fields;
            }
            else if (header.Length != fields.Length || !fields[1..].Where((_, i) => header[i + 1] != "major_resource").All(f => f.Length == 0 || IsNumber(f)))
            {
                context.Findings.Add(DiagnosticCatalogue.PublishedRow, line.Number);
                context.Bytes.Skipped += line.Bytes;
                continue;
            }
            else if (NameOf(fields[0]) == workload)
            {
                Add(context.Run, header.Zip(fields).DistinctBy(f => f.First).ToDictionary(f => f.First, f => f.Second), rows);
            }

            context.Bytes.Parsed += line.Bytes;
            context.Bytes.Records++;
        }
    }

    private static void Add(RunManifest run, Dictionary<string, string> row, RowSink rows)
    {
        double? Value(string column) => row.TryGetValue(column, out string? text) && IsNumber(text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;
        DomainSpec guest = run.LoadedGuests.First();
        if (Value("throughput_req_s") is { } throughput)
        {
            // The paper gives rates, no test duration: one second of that rate stands for it.
            rows.Add(new ClientResultRow
            {
                Run = run.Run, Campaign = run.Campaign, Domain = guest.Name, Workload = guest.Workload, Tool = "published", DurationS = 1, Replies = (long)Math.Round(throughput),
                ThroughputPerS = throughput, ReplyMs = Value("response_time_ms"), NetKbPerS = Value("net_io_kb_s"),
            });
        }

        if (Value("event_per_s") is null)
            return;
        foreach ((DomainSpec domain, string prefix) in run.Domains.Where(d => d.IsDriver).Select(d => (d, "dom0_")).Append((guest, "vm1_")))
        {
            rows.Add(new DomainMetricsRow
            {
                Run = run.Run, Campaign = run.Campaign, Domain = domain.Name, Domid = domain.Domid ?? 0, Method = "C", MethodReason = NotPublished, CpuSource = "published",
                CpuFraction = Value(prefix + "cpu_pct") / 100, WaitFraction = Value(prefix + "waiting_pct") / 100, BlockFraction = Value(prefix + "block_pct") / 100,
                ExecutionsPerS = Value(prefix + "execution_per_s"), EventChannelReason = NotPublished, PagesReason = NotPublished,
            });
        }

        rows.Add(new HostMetricsRow
        {
            Run = run.Run, Campaign = run.Campaign, Method = "C", MethodReason = NotPublished, CpuSource = "published", CpuFraction = Value("cpu_pct") / 100, EventsPerS = Value("event_per_s"),
            SwitchesPerS = Value("switch_per_s"), PagesPerS = Value("pages_exchange_per_s"), PagesPerExecution = Value("io_execution_pages_per_exe"), EventChannelReason = NotPublished, PagesReason = NotPublished,
        });
    }

    private const string NotPublished = "not in the published table";

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && Math.Abs(value) < 1e15;
}
