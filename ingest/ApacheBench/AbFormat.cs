using Colocate.Ingest.Clients;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Ingest.ApacheBench;

/// <summary>The report of ab, the load generator of Apache httpd.</summary>
/// <remarks>Lines: <c>output_results</c> in <c>support/ab.c</c>.</remarks>
public sealed class AbFormat : IInputFormat
{
    private static readonly ClientLog s_log = new()
    {
        NoTotal = DiagnosticCatalogue.AbNoTotal,
        SeveralReports = DiagnosticCatalogue.AbMultiple,
        AnotherBegan = DiagnosticCatalogue.AbPartial,
        StrayLine = DiagnosticCatalogue.AbLine,
    };

    /// <inheritdoc/>
    public string Id => "ab";

    /// <inheritdoc/>
    public string Title => "The report of ab (ApacheBench) about one guest.";

    /// <inheritdoc/>
    public string Definition => "https://github.com/apache/httpd/blob/trunk/support/ab.c";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public InputRole Role => InputRole.Client;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "AB";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } = [Table.Of<ClientResultRow>(), Table.Of<ClientPercentileRow>()];

    /// <summary>True when a line is the first of ab's output or its rate.</summary>
    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) => LineReader.Split(head).Select(AbLines.Squeeze).Any(AbReport.IsSign);

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation) =>
        s_log.Read<AbReport>(content, context, rows, cancellation);
}
