namespace Colocate.Predict.Placement;

/// <summary>
/// Any number of guests a host: NP-hard from three on (three-dimensional matching). Up to <see cref="MostExact"/> guests all divisions are weighed,
/// by dynamic programming over sets of guests; above, a greedy packing is improved by moving single guests and swapping two as long as that helps.
/// </summary>
internal sealed class Packing(PlacementRequest request, GuestPairs pairs)
{
    /// <summary>Guests up to which the answer is exact; the work grows threefold with each.</summary>
    internal const int MostExact = 12;

    private const int RandomDraws = 200;

    private readonly Dictionary<string, double?> _values = [];

    private int Guests => request.Guests.Count;

    public Placement Place()
    {
        bool exact = Guests <= MostExact;
        List<List<int>> hosts = exact ? Exact() : Searched();
        PlacedHost[] placed =
        [
            .. hosts.OrderBy(h => h[0]).Select((h, n) => new PlacedHost(
                n + 1, h, pairs.Score(h), h is [int i, int j] ? pairs.Pair(i, j).Measured : null,
                h.Any(a => h.Any(b => a < b && pairs.Pair(a, b).Extrapolates)))),
        ];
        string why = request.Slots == 1 ? "a guest that is alone needs no measurement" : "pairs do not tell what more than two guests score side by side";
        return new Placement
        {
            Hosts = placed,
            Total = placed.Sum(h => h.Score.Combined),
            Method = exact ? "exact_packing" : "local_search",
            GreedyTotal = Greedy(request.Hosts ?? placed.Length, open: false)?.Sum(h => pairs.Score(h).Combined),
            RandomTotal = Average(request.Hosts is { } given ? Math.Min(given, Guests) : placed.Length),
            OracleGapReason = why,
            MeasureNextReason = why,
        };
    }

    /// <summary>What a host adds to the sum that is made as great as possible; null when a guest on it would not keep the promised score.</summary>
    private double? Value(List<int> host)
    {
        if (host.Count == 0)
            return 0;
        string key = string.Join(' ', host);
        if (!_values.TryGetValue(key, out double? value))
            _values.Add(key, value = !pairs.Keeps(host, request.MinScore) ? null : request.ByLow ? pairs.Score(host).Low : pairs.Score(host).Combined);
        return value;
    }

    /// <summary>Best total of every set of guests on one host, two hosts, and so on; each step gives the first guest of the set its neighbours.</summary>
    private List<List<int>> Exact()
    {
        int all = (1 << Guests) - 1, most = Math.Min(request.Hosts ?? Guests, Guests);
        double?[] value = [.. Enumerable.Range(0, all + 1).Select(s => int.PopCount(s) <= request.Slots ? Value(Members(s)) : null)];
        var best = new List<(double Total, int Host)?[]> { new (double, int)?[all + 1] };
        best[0][0] = (0, 0);
        while (best.Count <= most && (request.Hosts is not null || best[^1][all] is null))
        {
            var next = new (double Total, int Host)?[all + 1];
            for (int set = 0; set <= all; set++)
            {
                next[set] = best[^1][set] is { } fewer ? (fewer.Total, 0) : null;
                int first = set & -set, others = set ^ first;
                for (int with = others; set != 0; with = (with - 1) & others)
                {
                    int host = with | first;
                    if (value[host] is { } own && best[^1][set ^ host] is { } rest && (next[set] is null || rest.Total + own > next[set]!.Value.Total + 1e-12))
                        next[set] = (rest.Total + own, host);
                    if (with == 0)
                        break;
                }
            }

            best.Add(next);
        }

        if (best[^1][all] is null)
            throw Placer.TooFewHosts(request, "no placement does it");
        var hosts = new List<List<int>>();
        for (int level = best.Count - 1, left = all; left != 0; level--)
        {
            int host = best[level][left]!.Value.Host;
            if (host != 0)
                hosts.Add(Members(host));
            left ^= host;
        }

        return hosts;
    }

    private static List<int> Members(int set) => [.. Enumerable.Range(0, 31).Where(v => (set & (1 << v)) != 0)];

    private List<List<int>> Searched()
    {
        int fewest = (Guests + request.Slots - 1) / request.Slots;
        List<List<int>> first = Greedy(request.Hosts is { } given ? Math.Min(given, Guests) : fewest, open: request.Hosts is null)
            ?? throw Placer.TooFewHosts(request, "no placement was found; there may be one");
        // Hosts that were opened late took nobody before; another start has all of them from the beginning.
        List<List<int>>[] starts = Greedy(first.Count, open: false) is { } second ? [first, second] : [first];
        foreach (List<List<int>> hosts in starts)
        {
            while (Improve(hosts))
            {
            }
        }

        List<List<int>> best = starts.MaxBy(hosts => hosts.Sum(h => Value(h)!.Value))!;
        best.RemoveAll(h => h.Count == 0);
        return best;
    }

    /// <summary>Gives each guest, in order, the host where the sum grows most; null when one has no place. May open another host where that is allowed.</summary>
    private List<List<int>>? Greedy(int count, bool open)
    {
        List<List<int>> hosts = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        for (int guest = 0; guest < Guests; guest++)
        {
            (double Gain, int Host)? best = null;
            for (int h = 0; h < hosts.Count; h++)
            {
                if (hosts[h].Count < request.Slots && Value([.. hosts[h], guest]) is { } with && with - Value(hosts[h])!.Value is var gain && (best is null || gain > best.Value.Gain))
                    best = (gain, h);
            }

            if (best is null && !open)
                return null;
            if (best is null)
                hosts.Add([guest]);
            else
                hosts[best.Value.Host].Add(guest);
        }

        return hosts;
    }

    /// <summary>Moves a guest, or swaps two, once for each couple of hosts where that helps; true when anything helped.</summary>
    private bool Improve(List<List<int>> hosts)
    {
        bool improved = false;
        for (int a = 0; a < hosts.Count; a++)
        {
            for (int b = 0; b < hosts.Count; b++)
            {
                if (a != b && Better(hosts[a], hosts[b]) is var (first, second))
                    (hosts[a], hosts[b], improved) = (first, second, true);
            }
        }

        return improved;
    }

    private (List<int> A, List<int> B)? Better(List<int> a, List<int> b)
    {
        double best = Value(a)!.Value + Value(b)!.Value + 1e-9;
        (List<int>, List<int>)? found = null;
        foreach (int guest in a)
        {
            if (b.Count < request.Slots)
                Try([.. a.Where(g => g != guest)], [.. b.Append(guest).Order()]);
            foreach (int other in b)
                Try([.. a.Where(g => g != guest).Append(other).Order()], [.. b.Where(g => g != other).Append(guest).Order()]);
        }

        return found;

        void Try(List<int> one, List<int> two)
        {
            if (Value(one) + Value(two) is { } value && value > best)
                (best, found) = (value, (one, two));
        }
    }

    private double Average(int count)
    {
        var random = new Random(request.Seed);
        double sum = 0;
        for (int draw = 0; draw < RandomDraws; draw++)
        {
            int[] seats = [.. Enumerable.Range(0, count * request.Slots)];
            random.Shuffle(seats);
            sum += Enumerable.Range(0, Guests).GroupBy(g => seats[g] / request.Slots).Sum(h => pairs.Score([.. h]).Combined);
        }

        return sum / RandomDraws;
    }
}
