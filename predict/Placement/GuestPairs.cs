using Colocate.Predict.Models;

namespace Colocate.Predict.Placement;

/// <summary>Predictions for every two guests, and what follows from them for any group of guests on one host.</summary>
internal sealed class GuestPairs
{
    private readonly PairPrediction[,] _pairs;

    /// <param name="guests">Workloads of the guests.</param>
    /// <param name="predict">Prediction of two workloads, in the order asked for.</param>
    public GuestPairs(IReadOnlyList<string> guests, Func<string, string, PairPrediction> predict)
    {
        Guests = guests;
        var known = new Dictionary<(string, string), PairPrediction>();
        _pairs = new PairPrediction[guests.Count, guests.Count];
        for (int i = 0; i < guests.Count; i++)
        {
            for (int j = i + 1; j < guests.Count; j++)
            {
                if (!known.TryGetValue((guests[i], guests[j]), out PairPrediction? pair))
                    known.Add((guests[i], guests[j]), pair = predict(guests[i], guests[j]));
                _pairs[i, j] = pair;
            }
        }
    }

    /// <summary>Workloads of the guests.</summary>
    public IReadOnlyList<string> Guests { get; }

    /// <summary>Prediction of two different guests, the first of them first.</summary>
    public PairPrediction Pair(int i, int j) => i < j ? _pairs[i, j] : _pairs[j, i];

    /// <summary>
    /// The guests of one host. Alone a guest scores 1. Two score what was predicted for them. Of more only pairs are known: what each neighbour adds to the
    /// time of a guest, B / T - 1 in their pair, is summed over its neighbours. That is exact where guests take turns at one resource and
    /// unproven elsewhere.
    /// </summary>
    /// <param name="host">Indices of its guests, ascending, at least one.</param>
    public HostScore Score(IReadOnlyList<int> host)
    {
        if (host is [int i, int j])
        {
            PairPrediction pair = _pairs[i, j];
            return new HostScore(pair.Combined, pair.Low, [pair.ScoreA, pair.ScoreB], [pair.LowA, pair.LowB]);
        }

        double[] scores = [.. host.Select(guest => Shared(guest, host, (p, first) => first ? p.ScoreA : p.ScoreB))];
        double[] lows = [.. host.Select(guest => Shared(guest, host, (p, first) => first ? p.LowA : p.LowB))];
        return new HostScore(scores.Sum(), lows.Sum(), scores, lows);
    }

    /// <summary>True when every guest of the host keeps that score by its lower bound.</summary>
    public bool Keeps(IReadOnlyList<int> host, double? minScore) => minScore is null || host.Count == 1 || Score(host).Lows.All(low => low >= minScore);

    private double Shared(int guest, IReadOnlyList<int> host, Func<PairPrediction, bool, double> half)
    {
        double time = 1;
        foreach (int other in host.Where(o => o != guest))
            time += (1 / half(Pair(guest, other), guest < other)) - 1;
        // A half may be a little above 1, and a lower bound 0: then the sum is below 1 or infinite.
        return 1 / Math.Max(time, 1.0 / 1.05);
    }
}
