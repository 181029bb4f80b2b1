using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>One figure at the head of the page.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The figure itself.</param>
/// <param name="Remark">How to read it; may be empty.</param>
public sealed record ReportGlance(string Label, string Value, string Remark)
{
    /// <summary>What a reader with ten seconds needs; entries without data are left out.</summary>
    public static IEnumerable<ReportGlance> All(ReportTables tables)
    {
        if (tables.Runs.Count > 0)
        {
            int whole = tables.Runs.Count(r => r.Status == "ok");
            int campaigns = tables.Runs.Select(r => r.Campaign).Distinct().Count();
            yield return new("Runs", $"{tables.Runs.Count}", $"{whole} whole, {Show.Count(campaigns, "campaign")}");
        }

        List<PairAnswer> measured = [.. PairAnswer.All(tables).Where(p => p.Measured is not null).OrderByDescending(p => p.Combined)];
        if (measured.Count > 0)
        {
            yield return new("Best measured pair", measured[0].Pair.ToString(), measured[0].Summary);
            yield return new("Worst measured pair", measured[^1].Pair.ToString(), measured[^1].Summary);
        }

        if (UnseenPairs.Of(tables) is { } unseen)
        {
            string whose = $"MAPE, {Show.Count(unseen.Pairs, "pair")}{(unseen.IsSeenKnown ? " the calibration never saw" : "")}";
            string spread = unseen.RepeatSpread is null ? "none repeated" : $"repeats differ by {Show.Percent(unseen.RepeatSpread)}";
            yield return new("Simulation error", Show.Percent(unseen.Error), $"{whose}, {spread}");
        }

        EvaluationRow? auto = tables.Evaluations.Where(e => e.Model == "auto").MinBy(e => Protocol.Order(e.Protocol));
        if (auto is not null)
            yield return new("Prediction error", Show.Fine(auto.Mae), $"MAE, {Protocol.HeldOut(auto.Protocol)} held out, {Show.Count(auto.N, "prediction")}");
    }
}
