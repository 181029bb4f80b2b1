using Colocate.Ingest.Clients;
using Colocate.Ingest.Formats;
using Colocate.Model.Tables;

namespace Colocate.Ingest.ApacheBench;

/// <summary>Single requests of ab, summed up: how many began in which second, and how long they took.</summary>
internal sealed class AbRequests
{
    private readonly SortedDictionary<long, long> _bySecond = [];
    private readonly ReplyTimes _times = new();
    private double _connectMs;
    private double _totalMs;
    private long _firstS = long.MaxValue;
    private long _endMs = long.MinValue;

    internal long Count { get; private set; }

    /// <summary>Adds a request; false when it began or ended so far from the others that it cannot be of the same test.</summary>
    internal bool Add(long secondS, long connectMs, long totalMs, int maxTestS)
    {
        if (secondS >= long.MaxValue / 2000 || totalMs > maxTestS * 1000L)
            return false;
        long endMs = (secondS * 1000) + totalMs;
        if ((Math.Max(endMs, _endMs) / 1000.0) - Math.Min(_firstS, secondS) > maxTestS)
            return false;
        _firstS = Math.Min(_firstS, secondS);
        _bySecond[secondS] = _bySecond.GetValueOrDefault(secondS) + 1;
        _times.Add(totalMs);
        _connectMs += connectMs;
        _totalMs += totalMs;
        _endMs = Math.Max(_endMs, endMs);
        Count++;
        return true;
    }

    internal void AddRows(InputContext context, RowSink rows)
    {
        long lastS = _bySecond.Last().Key;
        double durationS = (_endMs - (_firstS * 1000)) / 1000.0;
        string domain = context.Domain?.Name ?? "";
        rows.Add(new ClientResultRow
        {
            Run = context.Run.Run, Campaign = context.Run.Campaign, Domain = domain, Workload = context.Domain?.Workload, Tool = "ab", DurationS = durationS, Replies = Count,
            ThroughputPerS = durationS > 0 ? Count / durationS : null, ConnectMs = _connectMs / Count, ReplyMs = (_totalMs - _connectMs) / Count,
        });
        for (long s = _firstS; s <= lastS; s++)
        {
            rows.Add(new ClientIntervalRow
            {
                Run = context.Run.Run, Campaign = context.Run.Campaign, Domain = domain, IntervalIndex = (int)(s - _firstS), StartS = s - _firstS, WindowS = 1, RepliesPerS = _bySecond.GetValueOrDefault(s),
            });
        }

        _times.AddRows(context, rows);
    }
}
