using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using static System.FormattableString;

namespace Colocate.Ingest.Clients;

/// <summary>
/// Reads the log of a load generator, whatever else stands in it. A file is about one guest and one run: of several reports the last one
/// with a total counts, and the others are skipped and found as <see cref="SeveralReports"/>. That holds for a file of notes with logs between its
/// lines too.
/// </summary>
internal sealed class ClientLog
{
    /// <summary>Found where no report has a total: the file is set aside.</summary>
    internal required DiagnosticKind NoTotal { get; init; }

    internal required DiagnosticKind SeveralReports { get; init; }

    /// <summary>Found where a run began after the last report with a total; what it printed is skipped.</summary>
    internal required DiagnosticKind AnotherBegan { get; init; }

    /// <summary>Found at lines that the program does not print.</summary>
    internal required DiagnosticKind StrayLine { get; init; }

    /// <summary>Reads content to its end; every byte is accounted for.</summary>
    /// <typeparam name="TReport">What a report of the program is.</typeparam>
    internal void Read<TReport>(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
        where TReport : IClientReport, new()
    {
        Part? used = null;
        var part = new Part(new TReport(), 1);
        int totals = 0;
        long earlierBytes = 0;
        foreach (TextLine line in LineReader.Read(content, context, cancellation))
        {
            string text = line.Text.Trim();
            if (part.Report.HasTotal && part.Report.IsOfAnother(text))
            {
                earlierBytes += used?.Bytes ?? 0;
                used = part;
                totals++;
                part = new Part(new TReport(), line.Number);
            }

            if (part.Report.Take(text, line))
                part.Add(line.Bytes);
            else
            {
                context.Bytes.Skipped += line.Bytes;
                context.Findings.Add(StrayLine, line.Number, detail: text);
            }
        }

        if (part.Report.HasTotal)
        {
            earlierBytes += used?.Bytes ?? 0;
            used = part;
            totals++;
        }

        if (used is null)
            SetAside(part, context);
        else
            Use(used, earlierBytes, totals, part == used ? null : part, context, rows);
    }

    private void SetAside(Part all, InputContext context)
    {
        context.Bytes.SetAside = context.Bytes.Skipped + all.Bytes;
        context.Bytes.Skipped = 0;
        context.Findings.Add(NoTotal);
    }

    /// <summary>Uses a report and accounts for the others, which come before it, and for what began after it.</summary>
    private void Use(Part used, long earlierBytes, int totals, Part? begun, InputContext context, RowSink rows)
    {
        context.Bytes.Parsed = used.Bytes;
        context.Bytes.Records = used.Lines;
        context.Bytes.Skipped += earlierBytes + (begun?.Bytes ?? 0);
        used.Report.Use(context, rows, context.Findings);
        if (totals > 1)
            context.Findings.Add(SeveralReports, 1, detail: Invariant($"{totals} reports; the one from line {used.FirstLine} on was used, {earlierBytes} bytes of the others were skipped"), count: totals - 1);

        if (begun is not null)
            context.Findings.Add(AnotherBegan, begun.FirstLine, detail: Invariant($"another run began after it and has no report; its {begun.Bytes} bytes were skipped"));
    }

    /// <summary>A report with the lines that make it up.</summary>
    /// <param name="report">The report.</param>
    /// <param name="firstLine">1-based number of its first line.</param>
    private sealed class Part(IClientReport report, long firstLine)
    {
        internal IClientReport Report { get; } = report;

        internal long FirstLine { get; } = firstLine;

        internal long Bytes { get; private set; }

        internal long Lines { get; private set; }

        internal void Add(int lineBytes) => (Bytes, Lines) = (Bytes + lineBytes, Lines + 1);
    }
}
