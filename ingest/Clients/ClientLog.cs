using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Clients;

/// <summary>
/// Reads the log of a load generator, whatever else stands in it. A file is about one guest and one run: of several reports the last one
/// with a total counts, and the others are found as <see cref="SeveralReports"/>. That holds for a file of notes with logs between its
/// lines too.
/// </summary>
internal sealed class ClientLog
{
    /// <summary>Found where no report has a total: the file is set aside.</summary>
    internal required DiagnosticKind NoTotal { get; init; }

    internal required DiagnosticKind SeveralReports { get; init; }

    /// <summary>Found where a run began after the last report with a total.</summary>
    internal required DiagnosticKind AnotherBegan { get; init; }

    /// <summary>Found at lines that the program does not print.</summary>
    internal required DiagnosticKind StrayLine { get; init; }

    /// <summary>Reads content to its end; every byte is accounted for.</summary>
    /// <typeparam name="TReport">What a report of the program is.</typeparam>
    internal void Read<TReport>(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
        where TReport : IClientReport, new()
    {
        TReport? last = default;
        int totals = 0;
        var report = new TReport();
        foreach (TextLine line in LineReader.Read(content, context, cancellation))
        {
            string text = line.Text.Trim();
            if (report.HasTotal && report.IsOfAnother(text))
            {
                last = report;
                totals++;
                report = new TReport();
            }

            if (report.Take(text, line))
            {
                context.Bytes.Parsed += line.Bytes;
                context.Bytes.Records++;
            }
            else
            {
                context.Bytes.Skipped += line.Bytes;
                context.Findings.Add(StrayLine, line.Number, detail: text);
            }
        }

        bool anotherBegan = !report.HasTotal && report.HasBegun;
        if (report.HasTotal)
        {
            last = report;
            totals++;
        }

        if (last is null)
            SetAside(context);
        else
            Use(last, totals, anotherBegan, context, rows);
    }

    private void SetAside(InputContext context)
    {
        ByteAccount bytes = context.Bytes;
        (bytes.SetAside, bytes.Parsed, bytes.Skipped, bytes.Records) = (bytes.Total, 0, 0, 0);
        context.Findings.Add(NoTotal);
    }

    private void Use(IClientReport report, int totals, bool anotherBegan, InputContext context, RowSink rows)
    {
        report.Use(context, rows, context.Findings);
        if (totals > 1)
            context.Findings.Add(SeveralReports, count: totals - 1);
        if (anotherBegan)
            context.Findings.Add(AnotherBegan, detail: "another run began after it and has no report");
    }
}
