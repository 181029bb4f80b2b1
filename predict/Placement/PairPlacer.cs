using System.Globalization;
using Colocate.Model.Runs;
using Colocate.Predict.Models;

namespace Colocate.Predict.Placement;

/// <summary>
/// Two guests a host. Guests and empty seats are divided into pairs: a guest beside an empty seat is alone and scores 1, two empty seats are an empty host.
/// </summary>
internal sealed class PairPlacer(PlacementRequest request, GuestPairs pairs)
{
    private int _seats;

    private int Guests => request.Guests.Count;

    public Placement Place()
    {
        int together = MaximumMatching.Of(Guests, (i, j) => pairs.Keeps([i, j], request.MinScore) ? 0 : null).Count(m => m >= 0) / 2;
        int needed = Guests - together;
        if (request.Hosts < needed)
            throw Placer.TooFewHosts(request, string.Create(CultureInfo.InvariantCulture, $"at least {needed} are needed"));
        _seats = 2 * Math.Min(request.Hosts ?? needed, Guests);
        int[] mates = MaximumMatching.Of(_seats, (i, j) => Weight(i, j, Predicted));
        List<PlacedHost> hosts = [];
        for (int guest = 0; guest < Guests; guest++)
        {
            int[] host = mates[guest] < Guests ? [guest, mates[guest]] : [guest];
            if (host[0] > host[^1])
                continue;
            PairPrediction? pair = host.Length == 2 ? pairs.Pair(guest, mates[guest]) : null;
            hosts.Add(new PlacedHost(hosts.Count + 1, host, pairs.Score(host), pair?.Measured, pair?.Extrapolates ?? false));
        }

        string? unmeasured = Unmeasured();
        NextMeasurement? next = new MeasurementChoice(_seats, (i, j) => Weight(i, j, Predicted), Spread).Best(mates, request.Guests);
        return new Placement
        {
            Hosts = hosts,
            Total = hosts.Sum(h => h.Score.Combined),
            Method = "matching",
            GreedyTotal = Total(GreedyMatching.Of(_seats, (i, j) => Weight(i, j, Predicted)), p => p.Combined),
            RandomTotal = Average(),
            OracleGap = unmeasured is null ? OracleGap(mates) : null,
            OracleGapReason = unmeasured,
            MeasureNext = next,
            MeasureNextReason = next is null ? "no single measurement is expected to raise the total by a thousandth" : null,
        };
    }

    private double Predicted(PairPrediction pair) => request.ByLow ? pair.Low : pair.Combined;

    /// <summary>Weight of two seats; null when the two may not share a host.</summary>
    private double? Weight(int i, int j, Func<PairPrediction, double> value) =>
        i >= Guests ? 0 : j >= Guests ? 1 : pairs.Keeps([i, j], request.MinScore) ? value(pairs.Pair(i, j)) : null;

    private double? Total(int[] mates, Func<PairPrediction, double> value)
    {
        double total = 0;
        for (int i = 0; i < Guests; i++)
        {
            if (mates[i] < 0)
                return null;
            total += mates[i] >= Guests ? 1 : i < mates[i] ? value(pairs.Pair(i, mates[i])) : 0;
        }

        return total;
    }

    /// <summary>Each seat has each other one as its neighbour with the same chance.</summary>
    private double Average()
    {
        double sum = (double)Guests * (_seats - Guests);
        for (int i = 0; i < Guests; i++)
        {
            for (int j = i + 1; j < Guests; j++)
                sum += pairs.Pair(i, j).Combined;
        }

        return sum / (_seats - 1);
    }

    private string? Unmeasured()
    {
        int all = Guests * (Guests - 1) / 2, missing = 0;
        for (int i = 0; i < Guests; i++)
        {
            for (int j = i + 1; j < Guests; j++)
                missing += pairs.Pair(i, j).Measured is null ? 1 : 0;
        }

        return missing == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{missing} of {all} pairs were never measured");
    }

    private double OracleGap(int[] mates)
    {
        int[] best = MaximumMatching.Of(_seats, (i, j) => Weight(i, j, p => p.Measured!.Value));
        return Math.Max(0, Total(best, p => p.Measured!.Value)!.Value - Total(mates, p => p.Measured!.Value)!.Value);
    }

    /// <summary>Standard deviation of what is not known of a pair: that of the normal distribution whose interval is as wide; 0 when it was measured.</summary>
    private double Spread(int i, int j)
    {
        if (j >= Guests || pairs.Pair(i, j) is not { Measured: null } pair || pair.WorkloadA == DomainSpec.IdleWorkload || pair.WorkloadB == DomainSpec.IdleWorkload)
            return 0;
        return (pair.High - pair.Low) / 2 / MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + pair.Level) / 2);
    }
}
