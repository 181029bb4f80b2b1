using Colocate.Ingest.Formats;
using Colocate.Model.Tables;

namespace Colocate.Ingest.GuestTrace;

/// <summary>Pairs the starts and stops of requests, and sums them up over the whole trace and over every second.</summary>
internal sealed class GuestRequests
{
    private readonly Dictionary<(Guid Activity, long Thread), double> _open = [];
    private readonly HashSet<(Guid Activity, long Thread)> _failing = [];
    private readonly List<(double StopMs, double DurationMs)> _requests = [];
    private long _unpaired;
    private long _failed;

    /// <summary>Requests with only one end in the trace so far.</summary>
    internal long Unpaired => _unpaired + _open.Count;

    /// <summary>Requests with both ends so far.</summary>
    internal long Paired => _requests.Count;

    internal void Start((Guid Activity, long Thread) request, double timeMs)
    {
        if (!_open.TryAdd(request, timeMs))
        {
            _unpaired++;
            _open[request] = timeMs;
        }

        _failing.Remove(request);
    }

    internal void Fail((Guid Activity, long Thread) request) => _failing.Add(request);

    internal void Stop((Guid Activity, long Thread) request, double timeMs)
    {
        bool failed = _failing.Remove(request);
        if (!_open.Remove(request, out double startMs) || timeMs < startMs)
        {
            _unpaired++;
            return;
        }

        _requests.Add((timeMs, timeMs - startMs));
        _failed += failed ? 1 : 0;
    }

    /// <summary>Adds the row of the whole trace and one row for every second of it.</summary>
    internal void AddRows(double firstMs, double lastMs, InputContext context, RowSink rows)
    {
        double windowS = (lastMs - firstMs) / 1000;
        double[] durationsMs = Sorted(_requests);
        rows.Add(new GuestResultRow
        {
            Run = context.Run.Run,
            Campaign = context.Run.Campaign,
            Domain = context.Domain?.Name ?? "",
            WindowS = windowS,
            Requests = Paired,
            UnpairedRequests = Unpaired,
            RequestsPerS = windowS > 0 ? Paired / windowS : null,
            ReplyMeanMs = Paired > 0 ? durationsMs.Average() : null,
            ReplyP50Ms = NearestRank(durationsMs, 0.5),
            ReplyP90Ms = NearestRank(durationsMs, 0.9),
            ReplyP99Ms = NearestRank(durationsMs, 0.99),
            ReplyMaxMs = NearestRank(durationsMs, 1),
            FailedRequests = _failed,
        });

        // A stop exactly at the end of a trace of whole seconds belongs to the last of them, not to an interval of no length.
        int intervals = (int)Math.Ceiling(windowS);
        ILookup<int, (double StopMs, double DurationMs)> bySecond =
            _requests.ToLookup(r => Math.Clamp((int)((r.StopMs - firstMs) / 1000), 0, Math.Max(0, intervals - 1)));
        for (int i = 0; i < intervals; i++)
        {
            double[] sorted = Sorted(bySecond[i]);
            double lengthS = Math.Min(1, windowS - i);
            rows.Add(new GuestIntervalRow
            {
                Run = context.Run.Run,
                Campaign = context.Run.Campaign,
                Domain = context.Domain?.Name ?? "",
                IntervalIndex = i,
                WindowS = lengthS,
                Requests = sorted.Length,
                RequestsPerS = sorted.Length / lengthS,
                ReplyP50Ms = NearestRank(sorted, 0.5),
                ReplyP90Ms = NearestRank(sorted, 0.9),
                ReplyP99Ms = NearestRank(sorted, 0.99),
            });
        }
    }

    private static double[] Sorted(IEnumerable<(double StopMs, double DurationMs)> requests) => [.. requests.Select(r => r.DurationMs).Order()];

    /// <summary>The smallest value that at least the given fraction of all values do not exceed; null when there is none.</summary>
    private static double? NearestRank(double[] sorted, double fraction) =>
        sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(fraction * sorted.Length) - 1)];
}
