namespace Colocate.SystemTests.GuestTrace;

/// <summary>What the client saw: the figures that a trace of the server is held against. Times are nearest-rank percentiles in ms.</summary>
/// <param name="Requests">Requests sent, all of them answered.</param>
/// <param name="Failed">Replies with status 500 or above.</param>
/// <param name="DurationS">First request sent to last reply read.</param>
/// <param name="P50Ms">Median.</param>
/// <param name="P90Ms">90th percentile.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="MaxMs">Longest.</param>
public sealed record ClientCounts(int Requests, int Failed, double DurationS, double P50Ms, double P90Ms, double P99Ms, double MaxMs)
{
    internal static ClientCounts Of((double Ms, int Status)[] replies, double durationS)
    {
        double[] sorted = [.. replies.Select(r => r.Ms).Order()];
        double Rank(double fraction) => Math.Round(sorted[(int)Math.Ceiling(fraction * sorted.Length) - 1], 3);
        return new ClientCounts(replies.Length, replies.Count(r => r.Status >= 500), Math.Round(durationS, 3), Rank(0.5), Rank(0.9), Rank(0.99), Rank(1));
    }
}
