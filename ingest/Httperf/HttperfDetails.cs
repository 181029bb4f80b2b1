using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Ingest.Clients;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Httperf;

/// <summary>What --verbose adds to a report: the time of every reply, the rate of every 5 s, and how long connections and sessions were.</summary>
/// <remarks>
/// <c>src/stat/basic.c</c>: <c>reply-rate</c>, <c>Connection lifetime histogram</c>; <c>src/stat/sess_stat.c</c>: <c>session-rate</c>,
/// <c>Session length histogram</c>; <c>src/stat/print_reply.c</c>: <c>RT</c>.
/// </remarks>
internal sealed partial class HttperfDetails
{
    /// <summary>Seconds between two samples of a rate: <c>RATE_INTERVAL</c> in <c>src/httperf.h</c>.</summary>
    private const double RateIntervalS = 5;

    /// <summary>httperf's own histogram has so many bins (<c>NUM_BINS</c> in <c>basic.c</c>); a log with more rows is none of its.</summary>
    private const int MaxRows = 100_000;

    private readonly ReplyTimes _times = new();
    private readonly List<double> _replyRates = [];
    private readonly List<double> _sessionRates = [];
    private readonly List<(string Quantity, double Value, long Count)> _bins = [];

    /// <summary>Takes a line in; false when it is another line, or may have been cut.</summary>
    internal bool Take(string text, TextLine line)
    {
        if (!line.IsTerminated || _bins.Count + _replyRates.Count + _sessionRates.Count >= MaxRows)
            return false;
        if (ReplyTime().Match(text) is { Success: true } time)
            _times.Add(Figure(time, 1));
        else if (Rate().Match(text) is { Success: true } rate)
            (rate.Groups[1].Value == "reply" ? _replyRates : _sessionRates).Add(Figure(rate, 2));
        else if (Bin().Match(text) is { Success: true } bin)
            _bins.Add(("connection_lifetime_ms", Figure(bin, 1), (long)Figure(bin, 2)));
        else if (Lengths().Match(text) is { Success: true } lengths)
            AddLengths(lengths);
        else
            return false;
        return true;
    }

    internal void AddRows(InputContext context, RowSink rows)
    {
        _times.AddRows(context, rows);
        for (int i = 0; i < Math.Max(_replyRates.Count, _sessionRates.Count); i++)
        {
            rows.Add(new ClientIntervalRow
            {
                Run = context.Run.Run, Campaign = context.Run.Campaign, Domain = context.Domain?.Name ?? "", IntervalIndex = i, StartS = i * RateIntervalS, WindowS = RateIntervalS,
                RepliesPerS = i < _replyRates.Count ? _replyRates[i] : null, SessionsPerS = i < _sessionRates.Count ? _sessionRates[i] : null,
            });
        }

        foreach ((string quantity, double value, long count) in _bins)
            rows.Add(new ClientHistogramRow { Run = context.Run.Run, Campaign = context.Run.Campaign, Domain = context.Domain?.Name ?? "", Quantity = quantity, Value = value, Count = count });
    }

    private void AddLengths(Match lengths)
    {
        CaptureCollection counts = lengths.Groups[1].Captures;
        for (int length = 0; length < Math.Min(counts.Count, MaxRows); length++)
        {
            if (long.Parse(counts[length].Value, CultureInfo.InvariantCulture) is > 0 and var count)
                _bins.Add(("session_length", length, count));
        }
    }

    private static double Figure(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^RT[0-9]+:([0-9]{1,15}\.[0-9]{1,15})\t[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex ReplyTime();

    [GeneratedRegex(@"^(reply|session)-rate = ([0-9]{1,15}(?:\.[0-9]{1,15})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^([0-9]{1,15}\.[0-9]) ([0-9]{1,15})$", RegexOptions.CultureInvariant)]
    private static partial Regex Bin();

    [GeneratedRegex(@"^Session length histogram:(?: ([0-9]{1,15}))*$", RegexOptions.CultureInvariant)]
    private static partial Regex Lengths();
}
