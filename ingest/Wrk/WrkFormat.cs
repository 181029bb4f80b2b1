using Colocate.Ingest.Clients;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Wrk;

/// <summary>The report of wrk, or of wrk2, which offers a fixed rate.</summary>
/// <remarks>Lines and units: <c>src/wrk.c</c>, <c>src/stats.c</c> and <c>src/units.c</c> of wg/wrk and giltene/wrk2.</remarks>
public sealed class WrkFormat : IInputFormat
{
    private static readonly ClientLog s_log = new()
    {
        NoTotal = DiagnosticCatalogue.WrkNoTotal,
        SeveralReports = DiagnosticCatalogue.WrkMultiple,
        AnotherBegan = DiagnosticCatalogue.WrkPartial,
        StrayLine = DiagnosticCatalogue.WrkLine,
    };

    /// <inheritdoc/>
    public string Id => "wrk";

    /// <inheritdoc/>
    public string Title => "The report of wrk or wrk2 about one guest.";

    /// <inheritdoc/>
    public string Definition => "https://github.com/wg/wrk/blob/master/src/wrk.c";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public IReadOnlyList<string> SyntheticOnly => ["wrk2"];

    /// <inheritdoc/>
    public InputRole Role => InputRole.Client;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "WR";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } = [Table.Of<ClientResultRow>(), Table.Of<ClientPercentileRow>()];

    /// <summary>True when a line is the first or the total of a report.</summary>
    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) => LineReader.Split(head).Select(l => l.Trim()).Any(WrkReport.IsSign);

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation) =>
        s_log.Read<WrkReport>(content, context, rows, cancellation);
}
