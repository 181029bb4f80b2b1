using Colocate.Model.Errors;
using Colocate.Model.Runs;
using Colocate.Predict.Models;
using Colocate.Predict.Placement;
using CsCheck;

namespace Colocate.Tests.Predict.Placement;

public sealed class PlacerTests
{
    private static readonly Gen<(PlacementRequest Request, int Seed)> s_request =
        from guests in Gen.Int[1, 7]
        from kinds in Gen.Int[2, 8]
        from hosts in Gen.Int[0, 7]
        from slots in Gen.Int[2, 4]
        from score in Gen.Int[0, 4]
        from low in Gen.Bool
        from seed in Gen.Int[0, 1_000_000]
        select (new PlacementRequest
        {
            Guests = [.. Enumerable.Range(0, guests).Select(g => $"w{g % kinds}")],
            Hosts = hosts == 0 ? null : hosts,
            Slots = slots,
            MinScore = score == 0 ? null : 0.2 + (score / 10.0),
            ByLow = low,
        }, seed);

    [Fact]
    public void No_division_of_the_guests_is_better_and_none_fits_when_it_refuses() => s_request.Sample(
        request =>
        {
            (PlacementRequest asked, int seed) = request;
            (int Hosts, double Total)? best = AllDivisions(asked.Guests.Count, asked.Slots)
                .Where(hosts => hosts.Count <= (asked.Hosts ?? int.MaxValue) && hosts.All(h => Keeps(asked, seed, h)))
                // As few hosts as will do when their number is open.
                .Select(hosts => (asked.Hosts is null ? hosts.Count : 0, hosts.Sum(h => Value(asked, seed, h))))
                .OrderBy(d => d.Item1).ThenByDescending(d => d.Item2)
                .Select(d => ((int, double)?)d).FirstOrDefault();
            if (best is null)
            {
                RequestException refused = Assert.Throws<RequestException>(() => Placer.Place(asked, Predict(seed)));
                Assert.True(refused.ExitCode == (asked.Hosts * asked.Slots < asked.Guests.Count ? ExitCode.WrongUse : ExitCode.NothingMatched));
                return;
            }

            Colocate.Predict.Placement.Placement placed = Placer.Place(asked, Predict(seed));
            Assert.Equal(Enumerable.Range(0, asked.Guests.Count), placed.Hosts.SelectMany(h => h.Guests).Order());
            Assert.True(placed.Hosts.Count <= (asked.Hosts ?? best.Value.Hosts));
            Assert.All(placed.Hosts, h => Assert.True(h.Guests.Count <= asked.Slots && Keeps(asked, seed, h.Guests)));
            Assert.Equal(best.Value.Total, placed.Hosts.Sum(h => asked.ByLow ? h.Score.Low : h.Score.Combined), 1e-6);
            Assert.Equal(placed.Hosts.Sum(h => h.Score.Combined), placed.Total, 1e-9);
            if (!asked.ByLow)
                Assert.True(placed.GreedyTotal is null || asked.Slots > 2 || placed.GreedyTotal <= placed.Total + 1e-6);
        },
        iter: 3000);

    [Fact]
    public void With_room_for_all_to_be_alone_nobody_shares()
    {
        Colocate.Predict.Placement.Placement placed = Placer.Place(new PlacementRequest { Guests = ["a", "b", "c"], Hosts = 5 }, Predict(1));
        Assert.All(placed.Hosts, h => Assert.Equal((1, 1.0, 1.0), (h.Guests.Count, h.Score.Combined, h.Score.Low)));
        Assert.Equal(3, placed.Total);
    }

    [Fact]
    public void Larger_packings_beat_greedy_and_random_ones_and_keep_the_promise() => Gen.Int[0, 100_000].Sample(
        seed =>
        {
            PlacementRequest asked = new() { Guests = [.. Enumerable.Range(0, 16).Select(g => $"w{g}")], Slots = 4, MinScore = seed % 2 == 0 ? null : 0.2 };
            Colocate.Predict.Placement.Placement placed = Placer.Place(asked, Predict(seed));
            Assert.Equal("local_search", placed.Method);
            Assert.Equal(Enumerable.Range(0, 16), placed.Hosts.SelectMany(h => h.Guests).Order());
            Assert.All(placed.Hosts, h => Assert.True(h.Guests.Count <= 4 && Keeps(asked, seed, h.Guests)));
            Assert.True(placed.GreedyTotal is null || placed.Total >= placed.GreedyTotal - 1e-6);
            if (asked.MinScore is null)
                Assert.True(placed.Total >= placed.RandomTotal);
        },
        iter: 30);

    [Fact]
    public void Three_that_take_turns_get_a_third_each()
    {
        // Each pair halves both: every neighbour adds once the time alone.
        Colocate.Predict.Placement.Placement placed = Placer.Place(
            new PlacementRequest { Guests = ["a", "b", "c"], Hosts = 1, Slots = 3 }, (x, y) => Pair(x, y, 0.5, 0.5, 0.1, null));
        Assert.All(placed.Hosts.Single().Score.Scores, s => Assert.Equal(1.0 / 3, s, 1e-12));
        Assert.Equal(1, placed.Total, 1e-12);
        Assert.Contains("more than two", placed.OracleGapReason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_random_total_is_the_mean_over_all_ways_to_sit()
    {
        // Four guests on two hosts: three divisions. On three hosts two seats stay empty: of the 15 divisions of six seats each leaves the same guests together with the same chance.
        PlacementRequest two = new() { Guests = ["a", "b", "c", "d"], Hosts = 2 };
        double three = new[] { (0, 1, 2, 3), (0, 2, 1, 3), (0, 3, 1, 2) }.Average(d => Value(two, 7, [d.Item1, d.Item2]) + Value(two, 7, [d.Item3, d.Item4]));
        Assert.Equal(three, Placer.Place(two, Predict(7)).RandomTotal!.Value, 1e-9);
        PlacementRequest one = new() { Guests = ["a", "b"], Hosts = 2 };
        // Two guests and two empty seats: together in one of three ways.
        Assert.Equal((Value(one, 7, [0, 1]) + 2 + 2) / 3, Placer.Place(one, Predict(7)).RandomTotal!.Value, 1e-9);
    }

    [Fact]
    public void The_gap_to_the_oracle_is_known_when_every_pair_was_measured() => Gen.Int[0, 100_000].Sample(
        seed =>
        {
            PlacementRequest asked = new() { Guests = ["a", "b", "c", "d", "e"] };
            PairPrediction Measured(string x, string y) => Predict(seed)(x, y) with { Measured = Predict(seed + 1)(x, y).Combined };
            Colocate.Predict.Placement.Placement placed = Placer.Place(asked, Measured);
            double True(IReadOnlyList<int> host) => host.Count == 1 ? 1 : Measured(asked.Guests[host[0]], asked.Guests[host[1]]).Measured!.Value;
            double best = AllDivisions(5, 2).Where(d => d.Count == 3).Max(d => d.Sum(True));
            Assert.Equal(best - placed.Hosts.Sum(h => True(h.Guests)), placed.OracleGap!.Value, 1e-6);
            Assert.Null(placed.MeasureNext);
            Assert.Contains("10 of 10", Placer.Place(asked, Predict(seed)).OracleGapReason, StringComparison.Ordinal);
        },
        iter: 100);

    [Fact]
    public void The_pair_to_measure_next_gains_what_simulated_measurements_gain() => Gen.Int[0, 100_000].Sample(
        seed =>
        {
            PlacementRequest asked = new() { Guests = ["a", "b", "c", "d", "e", "f"] };
            NextMeasurement? next = Placer.Place(asked, Predict(seed)).MeasureNext;
            var gains = WorkloadPair.All(asked.Guests).Where(p => !p.IsEqualPair).ToDictionary(p => p, p => Gain(asked, seed, p));
            Assert.Equal(gains.Values.Max(), next?.ExpectedGain ?? 0, 2e-3);
            if (next is not null)
                Assert.Equal(gains.Values.Max(), gains[WorkloadPair.Of(next.WorkloadA, next.WorkloadB)], 2e-3);
        },
        iter: 20);

    [Fact]
    public void Same_request_same_placement_whatever_the_order_of_questions()
    {
        PlacementRequest asked = new() { Guests = [.. Enumerable.Range(0, 20).Select(g => $"w{g % 5}")], MinScore = 0.3 };
        string Text() => string.Join('|', Placer.Place(asked, Predict(3)).Hosts.Select(h => string.Join(' ', h.Guests)));
        Assert.Equal(Text(), Text());
    }

    [Theory]
    [InlineData(0, 2, 2, 0.5)]
    [InlineData(4, 0, 2, 0.5)]
    [InlineData(4, 2, 0, 0.5)]
    [InlineData(4, 1, 2, 0.5)]
    [InlineData(4, 2, 2, 0.0)]
    [InlineData(4, 2, 2, 1.5)]
    public void Requests_that_make_no_sense_are_wrong_use(int guests, int hosts, int slots, double score) =>
        Assert.Equal(ExitCode.WrongUse, Assert.Throws<RequestException>(() => Placer.Place(
            new PlacementRequest { Guests = [.. Enumerable.Range(0, guests).Select(g => $"w{g}")], Hosts = hosts, Slots = slots, MinScore = score }, Predict(1))).ExitCode);

    [Fact]
    public void A_promise_that_cannot_be_kept_names_the_hosts_that_would_do()
    {
        PairPrediction Poor(string x, string y) => Pair(x, y, 0.5, x == "a" && y == "b" ? 0.9 : 0.3, 0.1, null);
        RequestException refused = Assert.Throws<RequestException>(() => Placer.Place(new PlacementRequest { Guests = ["a", "b", "c", "d"], Hosts = 2, MinScore = 0.4 }, Poor));
        Assert.Equal(ExitCode.NothingMatched, refused.ExitCode);
        Assert.Contains("at least 3 are needed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, Placer.Place(new PlacementRequest { Guests = ["a", "b", "c", "d"], MinScore = 0.4 }, Poor).Hosts.Count);
    }

    [Theory]
    [InlineData(0.85, Admittance.Yes)]
    [InlineData(0.92, Admittance.Measure)]
    [InlineData(0.97, Admittance.No)]
    public void A_guard_admits_refuses_or_asks_for_a_run(double score, Admittance answer) =>
        Assert.Equal(answer, (Pair("a", "b", 0.95, 0.91, 0.1, null) with { LowA = 0.9, LowB = 0.86, HighA = 1, HighB = 0.95 }).Admit(score));

    /// <summary>Expected gain of one measurement by numerical integration over its score.</summary>
    private static double Gain(PlacementRequest asked, int seed, WorkloadPair pair)
    {
        Func<string, string, PairPrediction> predict = Predict(seed);
        PairPrediction own = predict(pair.A, pair.B);
        double sd = (own.High - own.Low) / 2 / 1.6448536269514722, gain = 0;
        List<List<IReadOnlyList<int>>> divisions = [.. AllDivisions(asked.Guests.Count, 2).Where(d => d.Count == 3)];
        double Best(double score) => divisions.Max(d => d.Sum(h =>
            WorkloadPair.Of(asked.Guests[h[0]], asked.Guests[h[1]]) == pair ? score : predict(asked.Guests[h[0]], asked.Guests[h[1]]).Combined));
        double now = Best(own.Combined);
        for (double z = -6; z <= 6; z += 0.02)
            gain += 0.02 * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * (Best(own.Combined + (sd * z)) - now);
        return gain;
    }

    private static IEnumerable<List<IReadOnlyList<int>>> AllDivisions(int guests, int slots)
    {
        return From(0, []);

        IEnumerable<List<IReadOnlyList<int>>> From(int guest, List<List<int>> hosts)
        {
            if (guest == guests)
            {
                yield return [.. hosts.Select(h => (IReadOnlyList<int>)[.. h])];
                yield break;
            }

            for (int h = 0; h <= hosts.Count; h++)
            {
                List<List<int>> next = [.. hosts.Select(x => x.ToList())];
                if (h == hosts.Count)
                    next.Add([]);
                next[h].Add(guest);
                if (next[h].Count <= slots)
                {
                    foreach (List<IReadOnlyList<int>> whole in From(guest + 1, next))
                        yield return whole;
                }
            }
        }
    }

    private static bool Keeps(PlacementRequest asked, int seed, IReadOnlyList<int> host) => asked.MinScore is null || host.Count == 1 || Halves(asked, seed, host, low: true).All(h => h >= asked.MinScore);

    private static double Value(PlacementRequest asked, int seed, IReadOnlyList<int> host)
    {
        if (host.Count == 1)
            return 1;
        if (host.Count > 2)
            return Halves(asked, seed, host, asked.ByLow).Sum();
        PairPrediction pair = Predict(seed)(asked.Guests[host[0]], asked.Guests[host[1]]);
        return asked.ByLow ? pair.Low : pair.Combined;
    }

    private static double[] Halves(PlacementRequest asked, int seed, IReadOnlyList<int> host, bool low)
    {
        return [.. host.Select(g => 1 / Math.Max(1 + host.Where(o => o != g).Sum(o => (1 / Half(g, o)) - 1), 1 / 1.05))];

        double Half(int guest, int other)
        {
            PairPrediction pair = Predict(seed)(asked.Guests[guest], asked.Guests[other]);
            return low ? pair.LowA : pair.ScoreA;
        }
    }

    /// <summary>A prediction that depends on the two names and the seed alone, and swaps with them.</summary>
    private static Func<string, string, PairPrediction> Predict(int seed) => (x, y) =>
    {
        var pair = WorkloadPair.Of(x, y);
        var random = new Random(seed ^ (pair.ToString().Sum(c => c * 31) * 7919) ^ (pair.A.Sum(c => c) * 104729));
        double a = 0.2 + (0.8 * random.NextDouble()), b = pair.IsEqualPair ? a : 0.2 + (0.8 * random.NextDouble()), width = 0.3 * random.NextDouble();
        return WorkloadPair.IsSwapped(x, y) ? Pair(x, y, b, a, width, null) : Pair(x, y, a, b, width, null);
    };

    private static PairPrediction Pair(string x, string y, double a, double b, double width, double? measured) => new()
    {
        WorkloadA = x, WorkloadB = y, Combined = a + b, Low = a + b - width, High = a + b + width, Level = 0.9, ScoreA = a, ScoreB = b,
        LowA = a * 0.9, LowB = b * 0.9, HighA = 1, HighB = 1, Trainer = "t", Measured = measured,
    };
}
