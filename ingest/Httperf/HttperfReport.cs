using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;
using static System.FormattableString;

namespace Colocate.Ingest.Httperf;

/// <summary>What one run of httperf printed.</summary>
internal sealed class HttperfReport
{
    /// <summary>Counts beyond it are not exact in a double, and no client ever counted so far.</summary>
    private const double MaxCount = 1L << 53;

    /// <summary>A client that cannot keep its rate takes longer; so much of the duration is no contradiction.</summary>
    private const double DurationTolerance = 0.25;

    /// <summary>Time-out in s of a log that does not say one: answers to the last connections come up to it later. The lab's protocol uses it.</summary>
    private const double UsualTimeoutS = 10;

    private readonly HashSet<HttperfLine> _lines = [];
    private readonly Dictionary<string, (double Value, long Line)> _figures = [];

    /// <summary>The last command line before the report; null when there was none.</summary>
    internal HttperfCommand? Command { get; set; }

    /// <summary>True when the report says how many replies came in which time.</summary>
    internal bool HasTotal => IsCount("replies") && Value("duration") is >= 0 and < double.PositiveInfinity;

    /// <summary>The lines that every report has and this one has not.</summary>
    internal IEnumerable<HttperfLine> Missing => HttperfLine.All.Where(l => !l.IsOptional && !_lines.Contains(l));

    /// <summary>Takes a line in; false when it may have been cut.</summary>
    internal bool Add(HttperfLine kind, IEnumerable<KeyValuePair<string, double>> figures, TextLine line)
    {
        var found = figures.ToDictionary();
        if (!line.IsTerminated && kind.EndsInFigure && !(kind == HttperfLine.Last && AddsUp(found)))
            return false;
        _lines.Add(kind);
        foreach ((string name, double value) in found)
            _figures[name] = (value, line.Number);
        return true;
    }

    /// <summary>The report as a row; only when it <see cref="HasTotal"/>.</summary>
    internal ClientResultRow Row(InputContext context)
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
            OfferedPerS = Command?.OfferedPerS ?? context.Domain?.OfferedPerS,
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
        };
    }

    /// <summary>Finds every figure of the report that is no number.</summary>
    internal void FindNan(FindingLog findings)
    {
        foreach ((string name, (double value, long line)) in _figures.OrderBy(f => f.Value.Line))
        {
            if (!double.IsFinite(value))
                findings.Add(DiagnosticCatalogue.HttperfNan, line, detail: name);
        }
    }

    /// <summary>Finds figures that cannot all be true: of the total among themselves, and of the total beside the command.</summary>
    internal void FindContradictions(FindingLog findings)
    {
        double connections = Value("connections"), requests = Value("requests"), replies = Value("replies"), durationS = Value("duration");
        if (replies > requests || requests > connections * Command?.Calls)
            findings.Add(DiagnosticCatalogue.HttperfCounts, detail: Invariant($"{connections} connections, {requests} requests, {replies} replies"));

        // A connection for which the client had no descriptor, port or table space is not counted, yet it had its turn.
        double? plannedS = (connections + (Count("fd") + Count("addr") + Count("ftab") ?? 0)) / Command?.ConnectionsPerS;
        if (Math.Abs((plannedS ?? durationS) - durationS) > (DurationTolerance * durationS) + (Command?.TimeoutS ?? UsualTimeoutS))
            findings.Add(DiagnosticCatalogue.HttperfDuration, detail: Invariant($"{durationS} s, but its connections take {plannedS:F1} s"));
    }

    /// <summary>httperf's total of errors is the sum of its eight kinds, so a cut last figure shows.</summary>
    private bool AddsUp(Dictionary<string, double> last) =>
        Value("errors") == Value("client_timo") + Value("socket_timo") + Value("refused") + Value("reset") + last.Values.Sum();

    private double Value(string name) => _figures.TryGetValue(name, out (double Value, long Line) figure) ? figure.Value : double.NaN;

    private double? Number(string name) => Value(name) is var value && double.IsFinite(value) ? value : null;

    private bool IsCount(string name) => Value(name) is >= 0 and <= MaxCount and var value && value == Math.Truncate(value);

    private long? Count(string name) => IsCount(name) ? (long)Value(name) : null;
}
