using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using static System.FormattableString;

namespace Colocate.Model.Scores;

/// <summary>
/// Combined scores: the sum over co-located workloads of T_i / B_i, throughput together over throughput alone (paper, section III).
/// </summary>
public static class ScoreBook
{
    /// <summary>Columns of client results that scores are computed from: all that need be read of that wide table.</summary>
    public static IReadOnlyList<string> ClientColumns { get; } = ["run", "campaign", "domain", "throughput_per_s", "reply_ms"];

    /// <summary>T / B above which a guest beside others is suspect: sharing a host makes nothing faster, and a tenth is left to chance.</summary>
    private const double HighestScore = 1.1;

    /// <summary>Scores all runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="domains">Their domains.</param>
    /// <param name="clients">What their clients reported.</param>
    /// <param name="rule">How base runs make a base case.</param>
    public static ScoreTables Compute(IReadOnlyList<RunRow> runs, IReadOnlyList<RunDomainRow> domains, IReadOnlyList<ClientResultRow> clients, BaseRule rule)
    {
        var throughput = clients.Where(c => c.ThroughputPerS is not null).ToDictionary(c => (c.Run, c.Domain), c => c.ThroughputPerS!.Value);
        ILookup<string, RunDomainRow> guests = domains
            .Where(d => d.Role == "guest" && d.Workload is not null and not DomainSpec.IdleWorkload)
            .OrderBy(d => d.DomainIndex).ToLookup(d => d.Run);
        List<BaseCaseRow> bases = BaseCases(runs, guests, throughput, rule);
        var held = new HeldAgainst(runs, bases);

        var scores = new List<GuestScoreRow>();
        var diagnostics = new List<DiagnosticRow>();
        foreach (RunRow run in runs)
        {
            List<GuestScoreRow> ofRun = [.. guests[run.Run].Select((guest, index) => Score(run, guest, index, throughput, held))];
            double? combined = ofRun.Count > 0 && ofRun.All(s => s.Score is not null) ? ofRun.Sum(s => s.Score!.Value) : null;
            string? missing = ofRun.FirstOrDefault(s => s.ScoreReason is not null)?.ScoreReason;
            scores.AddRange(ofRun.Select(s => s with { Combined = combined, ScoreReason = combined is null ? s.ScoreReason ?? missing : null }));
            string[] without = [.. ofRun.Where(s => s.BasePerS is null).Select(s => s.Workload).Distinct()];
            if (without.Length > 0)
                diagnostics.Add(Diagnostic(run, DiagnosticCatalogue.ScoreNoBase, without.Length, "workloads: " + string.Join(", ", without)));
            string[] high = [.. ofRun.Where(s => run.Kind is "pair" or "sweep" or "three" && s.Score > HighestScore).Select(s => Invariant($"{s.Domain} {s.Score:F2}"))];
            if (high.Length > 0)
                diagnostics.Add(Diagnostic(run, DiagnosticCatalogue.ScoreHigh, high.Length, "T / B: " + string.Join(", ", high)));
        }

        var replies = clients.Where(c => c.ReplyMs > 0).ToDictionary(c => (c.Run, c.Domain), c => c.ReplyMs);
        return new ScoreTables(bases, scores, Pairs(scores, replies), diagnostics);
    }

    private static List<BaseCaseRow> BaseCases(
        IReadOnlyList<RunRow> runs, ILookup<string, RunDomainRow> guests, Dictionary<(string, string), double> throughput, BaseRule rule) =>
    [
        .. from run in runs
           where run.Kind == "base" && run.RateFraction == 1
           from guest in guests[run.Run]
           where throughput.ContainsKey((run.Run, guest.Domain))
           group throughput[(run.Run, guest.Domain)] by (run.Campaign, Workload: guest.Workload!) into repeats
           let values = repeats.ToList()
           orderby repeats.Key.Campaign, repeats.Key.Workload
           select new BaseCaseRow
           {
               Campaign = repeats.Key.Campaign,
               Workload = repeats.Key.Workload,
               Runs = values.Count,
               ThroughputPerS = rule == BaseRule.Mean ? values.Average() : values.Max(),
               ThroughputSd = Spread.Sd(values),
               Rule = rule.ToString().ToLowerInvariant(),
           },
    ];

    private static GuestScoreRow Score(RunRow run, RunDomainRow guest, int index, Dictionary<(string, string), double> throughput, HeldAgainst held)
    {
        BaseCaseRow? baseCase = held.Find(run.Campaign, guest.Workload!);
        double? t = throughput.TryGetValue((run.Run, guest.Domain), out double value) ? value : null;
        double? score = t / baseCase?.ThroughputPerS;
        return new GuestScoreRow
        {
            Run = run.Run,
            Campaign = run.Campaign,
            Kind = run.Kind,
            RateFraction = run.RateFraction,
            GuestIndex = index,
            Domain = guest.Domain,
            Workload = guest.Workload!,
            ThroughputPerS = t,
            BasePerS = baseCase?.ThroughputPerS,
            BaseCampaign = baseCase?.Campaign,
            Score = score is { } s && double.IsFinite(s) ? s : null,
            ScoreReason = t is null ? $"no usable client result of {guest.Domain}"
                : baseCase is null ? $"no saturated base run of {guest.Workload} in this campaign or an earlier one"
                : baseCase.ThroughputPerS <= 0 ? $"the base runs of {guest.Workload} answered nothing" : null,
        };
    }

    private static List<PairScoreRow> Pairs(IEnumerable<GuestScoreRow> scores, Dictionary<(string, string), double?> replies) =>
    [
        .. from run in scores.GroupBy(s => s.Run)
           let guests = run.OrderBy(g => g.GuestIndex).ToList()
           where guests.Count == 2 && guests[0].Combined is not null && guests[0].Kind is "pair" or "sweep"
           let swapped = WorkloadPair.IsSwapped(guests[0].Workload, guests[1].Workload)
           group (A: guests[swapped ? 1 : 0], B: guests[swapped ? 0 : 1]) by WorkloadPair.Of(guests[0].Workload, guests[1].Workload) into runs
           orderby runs.Key
           let saturated = runs.Where(r => r.A.Kind == "pair" && r.A.RateFraction == 1).ToList()
           where saturated.Count > 0
           let best = runs.MaxBy(r => r.A.Combined)
           let swept = runs.Any(r => r.A.Kind == "sweep")
           select new PairScoreRow
           {
               WorkloadA = runs.Key.A,
               WorkloadB = runs.Key.B,
               Runs = saturated.Count,
               ScoreAMean = saturated.Average(r => r.A.Score!.Value),
               ScoreBMean = saturated.Average(r => r.B.Score!.Value),
               CombinedMean = saturated.Average(r => r.A.Combined!.Value),
               CombinedSd = Spread.Sd([.. saturated.Select(r => r.A.Combined!.Value)]),
               CombinedMax = swept ? best.A.Combined : null,
               CombinedMaxRateFraction = swept ? best.A.RateFraction : null,
               ReplyAMs = saturated.Average(r => replies.GetValueOrDefault((r.A.Run, r.A.Domain))),
               ReplyBMs = saturated.Average(r => replies.GetValueOrDefault((r.B.Run, r.B.Domain))),
           },
    ];

    private static DiagnosticRow Diagnostic(RunRow run, DiagnosticKind kind, int count, string detail) =>
        DiagnosticRow.Of(run.Run, run.Campaign, new Finding(kind, null, count, null, null, detail));
}
