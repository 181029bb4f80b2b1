using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xenmon;

/// <summary>The logs of <c>xenmon.py -n</c>: one file a domain, a line for every physical cpu on which it ran in an interval.</summary>
/// <remarks>Columns: <c>writelog</c> of <c>tools/xenmon/xenmon.py</c>; fields may be separated by blanks or, where someone made a CSV of it, commas or semicolons.</remarks>
public sealed partial class XenmonFormat : IInputFormat
{
    /// <summary>Domain id of the idle domain in the logs.</summary>
    internal const int IdleDomid = -1;

    private const int Columns = 16;

    private static readonly char[] s_separators = [' ', '\t', ',', ';'];

    /// <inheritdoc/>
    public string Id => "xenmon";

    /// <inheritdoc/>
    public string Title => "Per-domain figures at regular intervals, logged by xenmon.py -n.";

    /// <inheritdoc/>
    public string Definition => "https://xenbits.xen.org/gitweb/?p=xen.git;a=blob;f=tools/xenmon/xenmon.py";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> SyntheticOnly => ["all of it"];

    /// <inheritdoc/>
    public InputRole Role => InputRole.Xenmon;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "XM";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } = [Table.Of<XenmonSampleRow>()];

    /// <summary>True when a line is the header.</summary>
    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) => LineReader.Split(head).Any(IsHeader);

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
    {
        var samples = new List<XenmonSampleRow>();
        bool isNewLayout = context.Run.Host.Hypervisor is { } xen && IsNewLayout(xen);
        foreach (TextLine line in LineReader.Read(content, context, cancellation))
        {
            DiagnosticKind? fault = null;
            XenmonSampleRow? sample = line.Text.TrimStart() is [] or ['#', ..] ? null : Parse(line, context, isNewLayout, out fault);
            if (fault is not null)
            {
                context.Bytes.Skipped += line.Bytes;
                context.Findings.Add(fault, line.Number, detail: line.Text);
                continue;
            }

            if (sample is not null && samples.Count > 0 && sample.TimeS < samples[^1].TimeS)
                DropEarlierRun(samples, context, line.Number);
            if (sample is not null)
                samples.Add(sample);
            context.Bytes.Parsed += line.Bytes;
            context.Bytes.Records++;
        }

        if (samples.Count == 0)
            SetAside(context);
        if (samples.Count > 0 && isNewLayout)
            context.Findings.Add(DiagnosticCatalogue.XenmonNewLayout);
        if (samples.DistinctBy(s => s.Domid).Count() > 1)
            context.Findings.Add(DiagnosticCatalogue.XenmonDomains, detail: string.Join(", ", samples.Select(s => s.Domain).Distinct()));
        samples.ForEach(rows.Add);
    }

    private static bool IsHeader(string line) =>
        line.Split(s_separators, StringSplitOptions.RemoveEmptyEntries) is ["#", "passed", "cpu", "dom", "cpu(tot)", ..] or ["#passed", "cpu", "dom", "cpu(tot)", ..];

    private static XenmonSampleRow? Parse(TextLine line, InputContext context, bool isNewLayout, out DiagnosticKind? fault)
    {
        string[] fields = line.Text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries);
        double?[] figures = [.. fields.Select(f => double.TryParse(f, NumberStyles.Float, CultureInfo.InvariantCulture, out double figure) ? figure : (double?)null)];

        // A last line without its end may have lost digits.
        fault = fields.Length != Columns || figures.Contains(null) || !line.IsTerminated ? DiagnosticCatalogue.XenmonColumns
            : figures.All(f => double.IsFinite(f!.Value)) ? null : DiagnosticCatalogue.XenmonNotNumber;
        if (fault is null && !(figures[0] >= 0 && figures[1] is >= 0 and <= 4095 && figures[2] is >= IdleDomid and <= 32767))
            fault = DiagnosticCatalogue.XenmonColumns;
        if (fault is not null)
            return null;
        double Of(int column) => figures[column - 1]!.Value;
        double Fraction(int column) => Math.Round(Of(column) / 100, 6);
        double Us(int column) => Math.Round(Of(column) / 1000, 6);
        int domid = (int)Of(3);
        return new XenmonSampleRow
        {
            Run = context.Run.Run, Campaign = context.Run.Campaign, Domid = domid, Pcpu = (int)Of(2), TimeS = Math.Round(Of(1) / 1000, 6),
            Domain = domid == IdleDomid ? "idle" : context.Run.Domains.FirstOrDefault(d => d.Domid == domid)?.Name ?? string.Create(CultureInfo.InvariantCulture, $"dom{domid}"),
            CpuFraction = Fraction(5), CpuUsPerExecution = Us(6), AllocatedUsPerExecution = isNewLayout ? null : Us(7), BlockFraction = Fraction(9), BlockedUsPerPage = Us(10),
            WaitFraction = isNewLayout ? null : Fraction(12), WaitedUsPerExecution = isNewLayout ? null : Us(13), ExecutionsPerS = Of(14), PagesPerS = Of(15), PagesPerExecution = Of(16),
        };
    }

    /// <summary>What was read so far is of an earlier run whose log this one was appended to.</summary>
    private static void DropEarlierRun(List<XenmonSampleRow> samples, InputContext context, long line)
    {
        samples.Clear();
        context.Bytes.Skipped += context.Bytes.Parsed;
        (context.Bytes.Parsed, context.Bytes.Records) = (0, 0);
        context.Findings.Add(DiagnosticCatalogue.XenmonTimeFalls, line);
    }

    private static void SetAside(InputContext context)
    {
        ByteAccount bytes = context.Bytes;
        (bytes.SetAside, bytes.Parsed, bytes.Skipped, bytes.Records) = (bytes.Total, 0, 0, 0);
        context.Findings.Add(DiagnosticCatalogue.XenmonNoRows);
    }

    /// <summary>Since Xen 4.8 the switch records hold the vcpu's number before the times, which xenbaked never learned.</summary>
    private static bool IsNewLayout(string hypervisor) =>
        XenVersion().Match(hypervisor) is { Success: true } version
        && (int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(version.Groups[2].Value, CultureInfo.InvariantCulture)).CompareTo((4, 8)) >= 0;

    [GeneratedRegex(@"\b([0-9]{1,4})\.([0-9]{1,4})", RegexOptions.CultureInvariant)]
    private static partial Regex XenVersion();
}
