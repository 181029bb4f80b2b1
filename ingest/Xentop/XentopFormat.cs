using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentop;

/// <summary>The log of <c>xentop -b</c>, in every layout since Xen 3.4.</summary>
public sealed class XentopFormat : IInputFormat
{
    private const char Escape = '\u001B';

    /// <summary>Most figures' lines of a log that are kept, of every kind together: a day of 10 domains at a second, in less than 300 MB. What more there is was logged too long.</summary>
    internal int MaxRows { get; init; } = 1_000_000;

    /// <inheritdoc/>
    public string Id => "xentop";

    /// <inheritdoc/>
    public string Title => "Per-domain totals at regular intervals, printed by xentop -b.";

    /// <inheritdoc/>
    public string Definition => "https://xenbits.xen.org/gitweb/?p=xen.git;a=blob;f=tools/xentop/xentop.c";

    /// <inheritdoc/>
    public int Version => 5;

    /// <inheritdoc/>
    public IReadOnlyList<string> SyntheticOnly => ["the 17 columns of Xen 3.4", "network interfaces (-n)", "lines of tmem", "lines of date", "two recordings in a file"];

    /// <inheritdoc/>
    public InputRole Role => InputRole.Xentop;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "XP";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } =
    [
        Table.Of<XentopSampleRow>(), Table.Of<XentopVcpuRow>(), Table.Of<XentopNetworkRow>(), Table.Of<XentopDeviceRow>(), Table.Of<XentopPcpuRow>(),
    ];

    /// <summary>True when a line is a xentop header or reads as a domain line, or when the text is what the interactive xentop draws.</summary>
    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) =>
        (head.Contains((byte)Escape) && head.IndexOf("CPU(sec)"u8) >= 0)
        || LineReader.Split(head).Any(l => XentopLayout.OfHeader(l) is not null || IsDomain(l));

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
    {
        var log = new XentopLog(context);
        XentopLayout? layout = null;
        foreach (TextLine line in LineReader.Read(content, context, cancellation))
        {
            if (line.Text.Contains(Escape))
            {
                // What the interactive program draws moves the cursor about: what stands beside its escape sequences need not belong together.
                context.Bytes.Skipped += line.Bytes;
                context.Findings.Add(DiagnosticCatalogue.XentopCurses, line.Number);
                continue;
            }

            if (XentopLayout.OfHeader(line.Text) is { } header)
            {
                layout = header;
                log.BeginBlock();
            }
            else if (log.Rows >= MaxRows)
            {
                context.Bytes.Skipped += line.Bytes;
                context.Findings.Add(DiagnosticCatalogue.XentopLong, line.Number);
                continue;
            }
            else if (layout?.Parse(line.Text) is { } domain)
            {
                log.Add(domain, line.Number);
            }
            else if (!log.AddDetail(line))
            {
                if (!XentopSideLine.Recognises(line.Text))
                {
                    context.Bytes.Skipped += line.Bytes;
                    context.Findings.Add(Fault(line, layout is not null), line.Number, detail: line.Text);
                    continue;
                }

                log.AddSideLine(line.Text);
            }

            context.Bytes.Parsed += line.Bytes;
            context.Bytes.Records++;
        }

        if (layout is null)
            SetAside(context, DiagnosticCatalogue.XentopNoHeader);
        else if (log.Rows == 0)
            SetAside(context, DiagnosticCatalogue.XentopNoRows);
        log.Finish(rows);
    }

    private static bool IsDomain(string line) => XentopLayout.Known.Any(l => l.Parse(line) is not null);

    private static DiagnosticKind Fault(TextLine line, bool afterHeader) => line switch
    {
        { IsTerminated: false } => DiagnosticCatalogue.XentopTruncated,
        _ when !afterHeader && IsDomain(line.Text) => DiagnosticCatalogue.XentopNoHeader,
        _ => DiagnosticCatalogue.XentopColumns,
    };

    /// <summary>Without a header no number has a meaning, and without a line below it there is none: nothing of the file is used.</summary>
    private static void SetAside(InputContext context, DiagnosticKind reason)
    {
        ByteAccount bytes = context.Bytes;
        (bytes.SetAside, bytes.Parsed, bytes.Skipped, bytes.Records) = (bytes.Total, 0, 0, 0);
        if (!context.Findings.HasError)
            context.Findings.Add(reason);
    }
}
