using System.Globalization;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Ingest.ApacheBench;

/// <summary>
/// The data that ab writes beside its report: every request (<c>-g</c>), or the percentiles in steps of 1 % (<c>-e</c>).
/// </summary>
/// <remarks><c>output_results</c> in <c>support/ab.c</c>. Times are whole milliseconds with -g, begins of requests whole seconds.</remarks>
public sealed class AbDataFormat : IInputFormat
{
    private const string RequestsHeader = "starttime\tseconds\tctime\tdtime\tttime\twait", PercentilesHeader = "Percentage served,Time in ms";

    /// <summary>Longest test in seconds: a week. A damaged second would otherwise ask for an interval row for every second up to it.</summary>
    private const int MaxTestS = 7 * 24 * 3600;

    private const int Seconds = 1, ConnectMs = 2, TotalMs = 4, Columns = 6;

    /// <inheritdoc/>
    public string Id => "ab-data";

    /// <inheritdoc/>
    public string Title => "The data files of ab: single requests (-g) or percentiles (-e).";

    /// <inheritdoc/>
    public string Definition => "https://httpd.apache.org/docs/2.4/programs/ab.html";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> SyntheticOnly => ["all of it"];

    /// <inheritdoc/>
    public InputRole Role => InputRole.Client;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "AD";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } = [Table.Of<ClientResultRow>(), Table.Of<ClientIntervalRow>(), Table.Of<ClientPercentileRow>()];

    /// <summary>True when the first line is one of the two headers.</summary>
    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) => LineReader.Split(head).First() is RequestsHeader or PercentilesHeader;

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation)
    {
        var requests = new AbRequests();
        int percentiles = 0;
        foreach (TextLine line in LineReader.Read(content, context, cancellation))
        {
            // A last line that was cut may have lost digits.
            bool isHeader = line.Text is RequestsHeader or PercentilesHeader;
            bool taken = line.Text.Length == 0 || isHeader || (line.IsTerminated && (TakeRequest(line.Text, requests) || TakePercentile(line.Text, context, rows, ref percentiles)));
            if (!taken)
            {
                context.Bytes.Skipped += line.Bytes;
                context.Findings.Add(DiagnosticCatalogue.AbDataRow, line.Number, detail: line.Text);
                continue;
            }

            context.Bytes.Parsed += line.Bytes;
            context.Bytes.Records++;
        }

        if (requests.Count > 0)
            requests.AddRows(context, rows);
        else if (percentiles == 0)
            SetAside(context);
        if (requests.Count > 0)
            context.Findings.Add(DiagnosticCatalogue.AbDataCoarse);
        else if (percentiles > 0)
            context.Findings.Add(DiagnosticCatalogue.AbDataPercentiles);
    }

    private static bool TakeRequest(string text, AbRequests requests)
    {
        string[] fields = text.Split('\t');
        return fields.Length == Columns && Whole(fields[Seconds]) is { } secondS && Whole(fields[ConnectMs]) is { } connectMs && Whole(fields[TotalMs]) is { } totalMs && requests.Add(secondS, connectMs, totalMs, MaxTestS);
    }

    private static bool TakePercentile(string text, InputContext context, RowSink rows, ref int percentiles)
    {
        string[] fields = text.Split(',');
        if (fields.Length != 2 || Whole(fields[0]) is not (<= 100 and { } percent) || !double.TryParse(fields[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double ms) || percentiles > 100)
            return false;
        percentiles++;
        rows.Add(new ClientPercentileRow { Run = context.Run.Run, Campaign = context.Run.Campaign, Domain = context.Domain?.Name ?? "", Basis = "measured", Fraction = percent / 100.0, ReplyMs = ms });
        return true;
    }

    private static void SetAside(InputContext context)
    {
        ByteAccount bytes = context.Bytes;
        (bytes.SetAside, bytes.Parsed, bytes.Skipped, bytes.Records) = (bytes.Total, 0, 0, 0);
        context.Findings.Add(DiagnosticCatalogue.AbDataNoRows);
    }

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value < 1L << 53 ? value : null;
}
