using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>What the simulator says of one pair at saturation. Halves stand in the order of the pair.</summary>
/// <param name="Combined">Combined score: mean over the scenarios.</param>
/// <param name="Low">Lower end of the interval for one more run, mean over the scenarios; null when it is unknown.</param>
/// <param name="High">Upper end of that interval; null when it is unknown.</param>
/// <param name="Level">Level of that interval, 0..1.</param>
/// <param name="ScoreA">T / B of the first workload of the pair.</param>
/// <param name="ScoreB">T / B of the second workload.</param>
/// <param name="Kind">like: the pair's own saturated runs at their offered rates; pair: the scenario of two saturated guests.</param>
/// <param name="Scenarios">Number of scenarios averaged.</param>
public sealed record PairSimulation(
    double Combined, double? Low, double? High, double Level, double ScoreA, double ScoreB, string Kind, int Scenarios)
{
    /// <summary>The tables that simulations of pairs are made from.</summary>
    public static IReadOnlyList<Table> Reads => RepeatedRun.Reads;

    /// <summary>One line for people.</summary>
    public string Summary
    {
        get
        {
            string of = Kind == "like" ? $", mean of {Show.Count(Scenarios, "repeated run")}" : "";
            return $"simulated {Show.Number(Combined)}{of}"
                + (Low is null || High is null ? "" : $", {Show.Level(Level)} interval for one more run {Show.Number(Low)} to {Show.Number(High)}");
        }
    }

    /// <summary>
    /// Every simulated pair. A measured pair is simulated like its saturated runs where those were repeated, so that measurement and
    /// simulation share their offered rates; any other pair as two saturated guests.
    /// </summary>
    public static IReadOnlyDictionary<WorkloadPair, PairSimulation> All(ReportTables tables) =>
        RepeatedRun.All(tables).Where(r => r.RateFraction == 1).Select(r => r.Simulated)
            .Concat(SimulatedPair.All(tables).Where(s => s.Scenario.Kind == "pair"))
            .Where(s => s is { Scenario.Combined: not null, First.Score: not null, Second.Score: not null })
            .GroupBy(s => s.Pair)
            .ToDictionary(pair => pair.Key, pair => Mean([.. pair.Where(s => s.Scenario.Kind == pair.First().Scenario.Kind)]));

    private static PairSimulation Mean(List<SimulatedPair> scenarios) => new(
        scenarios.Average(s => s.Scenario.Combined!.Value),
        scenarios.Average(s => s.Scenario.CombinedLow),
        scenarios.Average(s => s.Scenario.CombinedHigh),
        scenarios[0].Scenario.Level,
        scenarios.Average(s => s.First.Score!.Value),
        scenarios.Average(s => s.Second.Score!.Value),
        scenarios[0].Scenario.Kind,
        scenarios.Count);
}
