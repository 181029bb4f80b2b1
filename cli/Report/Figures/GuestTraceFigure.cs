using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>What traces inside guests say of the requests that the clients counted from outside.</summary>
public sealed class GuestTraceFigure : IFigure
{
    /// <inheritdoc/>
    public string Id => "guest-traces";

    /// <inheritdoc/>
    public string Question => "Do guests and clients count the same requests?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<GuestResultRow>(), Table.Of<ClientResultRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        if (tables.GuestResults.Count == 0)
            return new Drawing("No run holds a trace from inside a guest, so only the clients' counts are known.");
        Dictionary<(string, string), ClientResultRow> clients = tables.ClientResults.DistinctBy(c => (c.Run, c.Domain)).ToDictionary(c => (c.Run, c.Domain));
        ClientResultRow? Client(GuestResultRow g) => clients.GetValueOrDefault((g.Run, g.Domain));
        GuestResultRow[] both = [.. tables.GuestResults.Where(g => g.RequestsPerS is not null && Client(g)?.ThroughputPerS > 0)];
        string finding = both.Length == 0
            ? $"{Show.Count(tables.GuestResults.Count, "guest trace")}, none with a client's count beside it."
            : $"Over {Show.Count(both.Length, "guest")}, requests counted inside lie between "
                + $"{Show.Number(both.Min(Ratio))} and {Show.Number(both.Max(Ratio))} times the client's rate.";
        return new Drawing(finding)
        {
            Numbers = NumberTable.Of<GuestResultRow>(tables.GuestResults,
            [
                new("run", "Run", NumberFormat.Text, g => g.Run),
                new("domain", "Guest", NumberFormat.Text, g => g.Domain),
                new("requests_per_s", "Inside, 1/s", NumberFormat.Rate, g => g.RequestsPerS),
                new("client_throughput_per_s", "Client, 1/s", NumberFormat.Rate, g => Client(g)?.ThroughputPerS),
                new("reply_p50_ms", "Reply median, ms", NumberFormat.Rate, g => g.ReplyP50Ms),
                new("reply_p99_ms", "99 %, ms", NumberFormat.Rate, g => g.ReplyP99Ms),
                new("client_reply_ms", "Client mean, ms", NumberFormat.Rate, g => Client(g)?.ReplyMs),
                new("failed_requests", "Failed", NumberFormat.Count, g => g.FailedRequests),
                new("unpaired_requests", "Unpaired", NumberFormat.Count, g => g.UnpairedRequests),
            ]),
        };

        double Ratio(GuestResultRow g) => g.RequestsPerS!.Value / Client(g)!.ThroughputPerS!.Value;
    }
}
