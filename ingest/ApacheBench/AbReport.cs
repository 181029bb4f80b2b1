using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Ingest.Clients;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;
using static System.FormattableString;

namespace Colocate.Ingest.ApacheBench;

/// <summary>What one run of ab printed.</summary>
/// <remarks>
/// ab counts a connection that broke off while it was read (Receive, with -r) as complete and as failed; it brought no reply and is not
/// counted as one. A reply whose length differs from the first one's is a reply. Errors of connecting are not among the complete ones.
/// </remarks>
internal sealed partial class AbReport : IClientReport
{
    private readonly HashSet<LineTemplate> _lines = [];
    private readonly ReportFigures _figures = new();
    private readonly SortedDictionary<int, double> _percentiles = [];

    /// <inheritdoc/>
    public bool HasTotal => _figures.IsCount("complete") && _figures.Value("duration") is >= 0 and < double.PositiveInfinity;

    private double Replies => _figures.Value("complete") - Math.Min(_figures.Value("complete"), _figures.Count("f_receive") ?? 0);

    /// <summary>True for the lines that no other program prints.</summary>
    internal static bool IsSign(string text) =>
        text.StartsWith("This is ApacheBench, Version ", StringComparison.Ordinal) || (text.StartsWith("Requests per second: ", StringComparison.Ordinal) && text.EndsWith(" [#/sec] (mean)", StringComparison.Ordinal));

    /// <inheritdoc/>
    public bool IsOfAnother(string text) => Begin().IsMatch(text) || text.StartsWith("Concurrency Level:", StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool Take(string text, TextLine line)
    {
        string squeezed = AbLines.Squeeze(text);
        if (Begin().IsMatch(squeezed))
            return true;
        foreach (LineTemplate kind in AbLines.All)
        {
            if (kind.Parse(squeezed) is { } figures)
                return Add(kind, figures, line);
        }

        if (Percentile().Match(squeezed) is { Success: true } percentile && (line.IsTerminated || squeezed.EndsWith(')')))
        {
            _percentiles[int.Parse(percentile.Groups[1].Value, CultureInfo.InvariantCulture)] = double.Parse(percentile.Groups[2].Value, CultureInfo.InvariantCulture);
            return true;
        }

        return squeezed.Length == 0 || Side().IsMatch(squeezed);
    }

    /// <inheritdoc/>
    public void Use(InputContext context, RowSink rows, FindingLog findings)
    {
        rows.Add(Row(context));
        foreach ((int percent, double ms) in _percentiles)
        {
            rows.Add(new ClientPercentileRow
            {
                Run = context.Run.Run, Campaign = context.Run.Campaign, Domain = context.Domain?.Name ?? "", Basis = "measured", Fraction = percent / 100.0, ReplyMs = ms,
            });
        }

        _figures.FindNan(DiagnosticCatalogue.AbNan, findings);

        // Of no request there is no mean time, and ab leaves those lines out.
        foreach (LineTemplate missing in AbLines.All.Where(l => !l.IsOptional && !_lines.Contains(l) && !(l.Words == AbLines.MeanTime && _figures.Count("complete") == 0)).DistinctBy(l => l.Words))
            findings.Add(DiagnosticCatalogue.AbPartial, detail: $"no line '{missing.Words.Trim()}'");
        FindContradictions(findings);
    }

    private bool Add(LineTemplate kind, IEnumerable<KeyValuePair<string, double>> figures, TextLine line)
    {
        if (!line.IsTerminated && kind.EndsInFigure)
            return false;
        _lines.Add(kind);
        foreach ((string name, double value) in figures)
            _figures.Set(name, value, line.Number);
        return true;
    }

    /// <summary>The rate is complete requests / time, printed with two decimals, the time with three.</summary>
    private void FindContradictions(FindingLog findings)
    {
        double complete = _figures.Value("complete"), durationS = _figures.Value("duration"), perS = _figures.Value("rate");
        double parts = (_figures.Count("f_connect") + _figures.Count("f_length") + _figures.Count("f_except") ?? 0) + (_figures.Count("f_receive") ?? 0);
        if (Math.Abs((perS * durationS) - complete) > (perS * 0.0005) + (0.005 * durationS) + 1e-6)
            findings.Add(DiagnosticCatalogue.AbCounts, detail: Invariant($"{complete} requests in {durationS} s, {perS} requests/s"));
        if (parts > 0 && parts != _figures.Value("failed"))
            findings.Add(DiagnosticCatalogue.AbCounts, detail: Invariant($"{_figures.Value("failed")} failed, but their kinds add up to {parts}"));
    }

    private ClientResultRow Row(InputContext context)
    {
        double durationS = _figures.Value("duration"), complete = _figures.Value("complete");

        // ab splits the failed ones up only where there are any.
        long? none = _figures.Count("failed") == 0 ? 0 : null;
        bool onePerConnection = _figures.Count("kept") is null or 0;
        double? Mean(double? bytes) => complete > 0 ? bytes / complete : null;
        double? Connection(string name) => onePerConnection ? _figures.Number("total_" + name) : null;
        return new ClientResultRow
        {
            Run = context.Run.Run,
            Campaign = context.Run.Campaign,
            Domain = context.Domain?.Name ?? "",
            Workload = context.Domain?.Workload,
            Tool = "ab",
            DurationS = durationS,
            Replies = (long)Replies,
            ThroughputPerS = durationS > 0 ? Replies / durationS : null,
            Concurrency = _figures.Count("concurrency"),
            KeptAliveRequests = _figures.Count("kept"),
            RequestsPerS = _figures.Number("rate"),
            ConnectMs = _figures.Number("connect_mean"),
            ConnectionMinMs = Connection("min"),
            ConnectionMeanMs = Connection("mean"),
            ConnectionMedianMs = Connection("median"),
            ConnectionMaxMs = Connection("max"),
            ConnectionSdMs = Connection("sd"),
            ResponseMs = _figures.Number("response_mean"),
            TransferMs = _figures.Number("reply_mean") - _figures.Number("response_mean"),
            ReplyMs = _figures.Number("reply_mean"),
            ReplyMinMs = _figures.Number("reply_min"),
            ReplyMedianMs = _figures.Number("reply_median"),
            ReplyMaxMs = _figures.Number("reply_max"),
            ReplySdMs = _figures.Number("reply_sd"),
            ReplyBytes = Mean(_figures.Number("transferred")),
            ReplyContentBytes = Mean(_figures.Number("content")),
            ReplyHeaderBytes = Mean(_figures.Number("transferred") - _figures.Number("content")),
            RequestBytes = Mean(_figures.Number("sent")),
            ReceivedKibPerS = _figures.Number("received"),
            NetKbPerS = _figures.Number("total_rate"),
            BadReplies = _figures.Count("bad") ?? (_figures.Number("rate") is null ? null : 0),
            Errors = _figures.Count("failed"),
            ErrorsConnect = _figures.Count("f_connect") ?? none,
            ErrorsRead = _figures.Count("f_receive") ?? none,
            ErrorsLength = _figures.Count("f_length") ?? none,
            ErrorsWrite = _figures.Count("f_write"),
            ErrorsOther = _figures.Count("f_except") ?? none,
        };
    }

    [GeneratedRegex(@"^((?:[#$] ?)?(?:\S*/)?ab -|This is ApacheBench, Version )", RegexOptions.CultureInvariant)]
    private static partial Regex Begin();

    [GeneratedRegex(@"^(100|[1-9]?[0-9])% ([0-9]{1,15})(?: \(longest request\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Percentile();

    [GeneratedRegex(
        @"^(Copyright [0-9]{4} Adam Twiss|Licensed to The Apache|Benchmarking |Send request |Completed [0-9]+ requests$|Finished [0-9]+ requests$|Server (Software|Hostname|Port):|SSL/TLS Protocol:|Server Temp Key:|TLS Server Name:|Document (Path|Length):|Connection Times \(ms\)|min +(mean|avg)|Percentage of the requests served|WARNING: The median and mean|These results are probably not that reliable|ERROR: The median and mean|Total of [0-9]+ requests completed|\.\.done$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Side();
}
