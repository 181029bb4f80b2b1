using Colocate.Ingest.Clients;
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
    private static readonly ClientLog s_log = new()
    {
        NoTotal = DiagnosticCatalogue.HttperfNoTotal,
        SeveralReports = DiagnosticCatalogue.HttperfMultiple,
        AnotherBegan = DiagnosticCatalogue.HttperfPartial,
        StrayLine = DiagnosticCatalogue.HttperfLine,
    };

    /// <inheritdoc/>
    public string Id => "httperf";

    /// <inheritdoc/>
    public string Title => "The report of httperf about one guest.";

    /// <inheritdoc/>
    public string Definition => "https://github.com/httperf/httperf/blob/master/src/stat/basic.c";

    /// <inheritdoc/>
    public int Version => 3;

    /// <inheritdoc/>
    public IReadOnlyList<string> SyntheticOnly => ["sessions (--wsess, --wsesslog)", "periodic stats", "errors other than timeouts of the client, fd-unavail among them"];

    /// <inheritdoc/>
    public InputRole Role => InputRole.Client;

    /// <inheritdoc/>
    public string DiagnosticPrefix => "HT";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Fills { get; } =
    [
        Table.Of<ClientResultRow>(), Table.Of<ClientIntervalRow>(), Table.Of<ClientPercentileRow>(), Table.Of<ClientHistogramRow>(),
    ];

    /// <summary>True when a line is a command of httperf or the total of its report.</summary>
    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head) =>
        LineReader.Split(head).Select(l => l.Trim()).Any(l => HttperfCommand.Parse(l) is not null || HttperfLines.Total.Parse(l) is not null);

    /// <inheritdoc/>
    public void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation) =>
        s_log.Read<HttperfReport>(content, context, rows, cancellation);
}
