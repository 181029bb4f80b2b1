using Colocate.Ingest.Clients;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;
using static System.FormattableString;

namespace Colocate.Ingest.Httperf;

/// <summary>What one run of httperf printed.</summary>
internal sealed class HttperfReport : IClientReport
{
    /// <summary>A client that cannot keep its rate takes longer; so much of the duration is no contradiction.</summary>
    private const double DurationTolerance = 0.25;

    /// <summary>Time-out in s of a log that does not say one: answers to the last connections come up to it later. The lab's protocol uses it.</summary>
    private const double UsualTimeoutS = 10;

    private readonly HashSet<LineTemplate> _lines = [];
    private readonly ReportFigures _figures = new();
    private readonly HttperfDetails _details = new();

    /// <summary>The last command line before the report; null when there was none.</summary>
    private HttperfCommand? _command;

    /// <inheritdoc/>
    public bool HasTotal => _figures.IsCount("replies") && _figures.Value("duration") is >= 0 and < double.PositiveInfinity;

    /// <inheritdoc/>
    public bool IsOfAnother(string text) => HttperfCommand.Parse(text) is not null || HttperfLines.Total.Parse(text) is not null;

    /// <inheritdoc/>
    public bool Take(string text, TextLine line)
    {
        if (HttperfCommand.Parse(text) is { } command)
        {
            _command = command;
            return true;
        }

        // Reports are kept in YAML as quoted text, whose last line the quote ends.
        string plain = text.TrimEnd('\'', '"');
        foreach (LineTemplate kind in HttperfLines.All)
        {
            if (kind.Parse(plain) is { } figures)
                return Add(kind, figures, line);
        }

        return _details.Take(text, line) || HttperfSideLine.Recognises(text);
    }

    /// <inheritdoc/>
    public void Use(InputContext context, RowSink rows, FindingLog findings)
    {
        ClientResultRow row = Row(context);
        rows.Add(row);
        _details.AddRows(context, rows);
        _figures.FindNan(DiagnosticCatalogue.HttperfNan, findings);
        FindContradictions(findings);
        foreach (LineTemplate missing in HttperfLines.All.Where(l => !l.IsOptional && !_lines.Contains(l)))
            findings.Add(DiagnosticCatalogue.HttperfPartial, detail: $"no line '{missing.Words.Trim()}'");
        if (row.ErrorsClientBound > 0)
            findings.Add(DiagnosticCatalogue.HttperfClientBound, count: row.ErrorsClientBound.Value);
    }

    /// <summary>Takes a line of figures in; false when it may have been cut.</summary>
    private bool Add(LineTemplate kind, IEnumerable<KeyValuePair<string, double>> figures, TextLine line)
    {
        var found = figures.ToDictionary();
        if (!line.IsTerminated && kind.EndsInFigure && !(kind == HttperfLines.Last && AddsUp(found)))
            return false;
        _lines.Add(kind);
        foreach ((string name, double value) in found)
            _figures.Set(name, value, line.Number);
        return true;
    }

    /// <summary>The report as a row; only when it <see cref="HasTotal"/>.</summary>
    private ClientResultRow Row(InputContext context)
    {
        double durationS = Value("duration");
        bool sampled = Value("samples") is not 0;
        return new ClientResultRow
        {
            Run = context.Run.Run,
            Campaign = context.Run.Campaign,
            Domain = context.Domain?.Name ?? "",
            Workload = context.Domain?.Workload,
            Tool = "httperf",
            OfferedPerS = _command?.OfferedPerS ?? context.Domain?.OfferedPerS,
            DurationS = durationS,
            Connections = Count("connections"),
            Requests = Count("requests"),
            Replies = (long)Value("replies"),
            ThroughputPerS = durationS > 0 ? Value("replies") / durationS : null,
            ReplyRateMin = sampled ? Number("rate_min") : null,
            ReplyRateMean = sampled ? Number("rate_mean") : null,
            ReplyRateMax = sampled ? Number("rate_max") : null,
            ReplyRateSd = sampled ? Number("rate_sd") : null,
            ReplyRateSamples = Count("samples"),
            ConnectMs = Number("connect"),
            ConnectionMinMs = Number("life_min"),
            ConnectionMeanMs = Number("life_mean"),
            ConnectionMedianMs = Number("life_median"),
            ConnectionMaxMs = Number("life_max"),
            ConnectionSdMs = Number("life_sd"),
            ResponseMs = Number("response"),
            TransferMs = Number("transfer"),
            ReplyMs = Number("response") + Number("transfer"),
            ReplyHeaderBytes = Number("header"),
            ReplyContentBytes = Number("content"),
            NetKbPerS = Number("net"),
            Status1xx = Count("status1"),
            Status2xx = Count("status2"),
            Status3xx = Count("status3"),
            Status4xx = Count("status4"),
            Status5xx = Count("status5"),
            Errors = Count("errors"),
            ErrorsClientTimeout = Count("client_timo"),
            ErrorsSocketTimeout = Count("socket_timo"),
            ErrorsRefused = Count("refused"),
            ErrorsReset = Count("reset"),
            ErrorsClientBound = Count("fd") + Count("addr") + Count("ftab"),
            ErrorsOther = Count("other"),
            ClientCpuFraction = Number("cpu_percent") is { } percent ? Math.Round(percent / 100, 3) : null,
            Concurrency = Count("concurrent"),
            ConnectBurst = Count("burst"),
            ConnectionsPerS = Number("conn_rate"),
            RequestsPerS = Number("req_rate"),
            RepliesPerConnection = Number("conn_length"),
            RequestBytes = Number("req_size"),
            ReplyFooterBytes = Number("footer"),
            ReplyBytes = Number("reply_size"),
            ErrorsNoDescriptor = Count("fd"),
            ErrorsNoPort = Count("addr"),
            ErrorsTableFull = Count("ftab"),
            Status200 = Count("status200"),
            Status302 = Count("status302"),
            ClientUserS = Number("user"),
            ClientSystemS = Number("system"),
            Sessions = Count("sess_all"),
            SessionsDone = Count("sess_done"),
            SessionRateMin = Number("sess_min"),
            SessionRateMean = Number("sess_mean"),
            SessionRateMax = Number("sess_max"),
            SessionRateSd = Number("sess_sd"),
            ConnectionsPerSession = Number("sess_conns"),
            SessionLifetimeS = Number("sess_life"),
            SessionFailtimeS = Number("sess_fail"),
        };
    }

    /// <summary>Finds figures that cannot all be true: of the total among themselves, and of the total beside the command.</summary>
    private void FindContradictions(FindingLog findings)
    {
        double connections = Value("connections"), requests = Value("requests"), replies = Value("replies"), durationS = Value("duration");
        if (replies > requests || requests > connections * _command?.Calls)
            findings.Add(DiagnosticCatalogue.HttperfCounts, detail: Invariant($"{connections} connections, {requests} requests, {replies} replies"));

        // A connection for which the client had no descriptor, port or table space is not counted, yet it had its turn.
        double? plannedS = (connections + (Count("fd") + Count("addr") + Count("ftab") ?? 0)) / _command?.ConnectionsPerS;
        if (Math.Abs((plannedS ?? durationS) - durationS) > (DurationTolerance * durationS) + (_command?.TimeoutS ?? UsualTimeoutS))
            findings.Add(DiagnosticCatalogue.HttperfDuration, detail: Invariant($"{durationS} s, but its connections take {plannedS:F1} s"));
    }

    /// <summary>httperf's total of errors is the sum of its eight kinds, so a cut last figure shows.</summary>
    private bool AddsUp(Dictionary<string, double> last) =>
        Value("errors") == Value("client_timo") + Value("socket_timo") + Value("refused") + Value("reset") + last.Values.Sum();

    private double Value(string name) => _figures.Value(name);

    private double? Number(string name) => _figures.Number(name);

    private long? Count(string name) => _figures.Count(name);
}
