using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Httperf;

/// <summary>The report of httperf, the paper's load generator.</summary>
/// <remarks>
/// Throughput is replies / test duration, not httperf's own mean: that is taken over samples of 5 s (<c>RATE_INTERVAL</c> in
/// <c>src/httperf.h</c>), of which a short run has none.
/// </remarks>
public sealed class HttperfFormat : IInputFormat
{
    /// <inheritdoc/>
    public string Id => "httperf";

    /// <inheritdoc/>
    public string Title => "The report of httperf about one guest.";

    /// <inheritdoc/>
    public string Definition => "https://github.com/httperf/httperf/blob/master/src/stat/basic.c";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public InputRole Role => InputRole.Client;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "HT";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } = [Table.Of<ClientResultRow>()];

    /// <summary>True when a line is a command of httperf or the total of its report.</summary>
    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) =>
        LineReader.Split(head).Select(l => l.Trim()).Any(l => HttperfCommand.Parse(l) is not null || HttperfLine.Total.Parse(l) is not null);

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
    {
        var complete = new List<HttperfReport>();
        var report = new HttperfReport();
        foreach (TextLine line in LineReader.Read(content, context, cancellation))
        {
            string text = line.Text.Trim();
            var command = HttperfCommand.Parse(text);
            bool isTotal = HttperfLine.Total.Parse(text) is not null;
            if (report.HasTotal && (command is not null || isTotal))
            {
                complete.Add(report);
                report = new HttperfReport();
            }

            report.Command = command ?? report.Command;
            if (command is not null || AddFigures(report, text, line) || HttperfSideLine.Recognises(text))
            {
                context.Bytes.Parsed += line.Bytes;
                context.Bytes.Records++;
            }
            else
            {
                context.Bytes.Skipped += line.Bytes;
                context.Findings.Add(DiagnosticCatalogue.HttperfLine, line.Number, detail: text);
            }
        }

        if (report.HasTotal)
            complete.Add(report);
        Use(complete, complete.Count > 0 && report != complete[^1] && report.Command is not null, context, rows);
    }

    private static bool AddFigures(HttperfReport report, string text, TextLine line)
    {
        foreach (HttperfLine kind in HttperfLine.All)
        {
            if (kind.Parse(text) is { } figures)
                return report.Add(kind, figures, line);
        }

        return false;
    }

    private static void Use(List<HttperfReport> complete, bool anotherBegan, InputContext context, RowSink rows)
    {
        FindingLog findings = context.Findings;
        if (complete.Count == 0)
        {
            ByteAccount bytes = context.Bytes;
            (bytes.SetAside, bytes.Parsed, bytes.Skipped, bytes.Records) = (bytes.Total, 0, 0, 0);
            findings.Add(DiagnosticCatalogue.HttperfNoTotal);
            return;
        }

        HttperfReport report = complete[^1];
        ClientResultRow row = report.Row(context);
        rows.Add(row);
        report.FindNan(findings);
        report.FindContradictions(findings);
        if (complete.Count > 1)
            findings.Add(DiagnosticCatalogue.HttperfMultiple, count: complete.Count - 1);
        if (anotherBegan)
            findings.Add(DiagnosticCatalogue.HttperfPartial, detail: "another run began after it and has no report");
        foreach (HttperfLine missing in report.Missing)
            findings.Add(DiagnosticCatalogue.HttperfPartial, detail: $"no line '{missing.Words.Trim()}'");
        if (row.ErrorsClientBound > 0)
            findings.Add(DiagnosticCatalogue.HttperfClientBound, count: row.ErrorsClientBound.Value);
    }
}
