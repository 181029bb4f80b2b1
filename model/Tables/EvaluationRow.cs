namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>Error of one trainer or baseline under one protocol.</summary>
[Table("evaluations", "Error of one trainer or baseline under one protocol.")]
public sealed record EvaluationRow
{
    [Column(Unit.Name, "pair: leave one pair out; workload: leave one workload out; two: leave both members out; family: leave one family of workloads out. Says who was unseen.")]
    public string Protocol { get; init; } = "";

    [Column(Unit.Name, "Trainer or baseline; auto is what training chooses inside each fold.")]
    public string Model { get; init; } = "";

    [Column(Unit.Name, "trainer or baseline.")]
    public string ModelKind { get; init; } = "";

    [Column(Unit.Count, "Held-out predictions that were scored.")]
    public int N { get; init; }

    [Column(Unit.Score, "Mean absolute error of the combined score, weighted by repeats.")]
    public double Mae { get; init; }

    [Column(Unit.Fraction, "Mean absolute error / measured score, weighted by repeats.")]
    public double Mape { get; init; }

    [Column(Unit.Score, "Root of the mean squared error, weighted by repeats.")]
    public double Rmse { get; init; }

    [Column(Unit.Fraction, "1 - MAE / MAE of the training mean.", NullMeans = "the mean itself has no error")]
    public double? Skill { get; init; }

    [Column(Unit.Fraction, "Rank correlation with the measured scores, -1..1.", NullMeans = "fewer than three pairs or no spread")]
    public double? Spearman { get; init; }

    [Column(Unit.Score, "Mean over workloads: score of the best partner minus score of the partner that the model would choose.", NullMeans = "no workload with two or more measured partners")]
    public double? RegretMean { get; init; }

    [Column(Unit.Fraction, "Share of measured scores inside the interval.", NullMeans = "the model states none", ReasonIn = nameof(IntervalReason))]
    public double? Coverage { get; init; }

    [Column(Unit.Score, "Mean width of the interval.", NullMeans = "the model states none")]
    public double? Width { get; init; }

    [Column(Unit.Fraction, "Nominal level of the interval.", NullMeans = "the model states none")]
    public double? Level { get; init; }

    [Column(Unit.Score, "Mean absolute error of each half, weighted by repeats.", NullMeans = "the model predicts no halves")]
    public double? HalfMae { get; init; }

    [Column(Unit.Fraction, "Kendall's rank correlation (tau-b) with the measured scores, -1..1.", NullMeans = "fewer than three pairs or no spread")]
    public double? Kendall { get; init; }

    [Column(Unit.Fraction, "Mean over workloads: rank correlation (Spearman) of the predicted with the measured scores of its partners, -1..1.", NullMeans = "no workload with three measured partners, or no spread")]
    public double? SpearmanPartners { get; init; }

    [Column(Unit.Score, "Largest regret of a workload, as in regret_mean.", NullMeans = "no workload with two or more measured partners")]
    public double? RegretMax { get; init; }

    [Column(Unit.Fraction, "Share of workloads whose partner with the best prediction is the best measured one.", NullMeans = "no workload with two or more measured partners")]
    public double? HitBest { get; init; }

    [Column(Unit.Fraction, "Share of workloads whose best measured partner is among the three with the best predictions.", NullMeans = "no workload with two or more measured partners")]
    public double? HitBestThree { get; init; }

    [Column(Unit.Fraction, "Share of the gap between a random and the best division of the workloads into measured pairs that the division built on predictions closes; 1 is the best, 0 random, below 0 worse than random.", NullMeans = "no gap, or too few workloads", ReasonIn = nameof(MatchingReason))]
    public double? MatchingGapClosed { get; init; }

    [Column(Unit.Score, "Total measured score of the division built on predictions; a workload left alone scores 1.", NullMeans = "evaluated by an older version")]
    public double? MatchingTotal { get; init; }

    [Column(Unit.Score, "Total of the best division.", NullMeans = "evaluated by an older version")]
    public double? MatchingOracle { get; init; }

    [Column(Unit.Score, "Mean total of random divisions.", NullMeans = "evaluated by an older version")]
    public double? MatchingRandom { get; init; }

    [Column(Unit.Score, "Total of the worst division.", NullMeans = "evaluated by an older version")]
    public double? MatchingWorst { get; init; }

    [Column(Unit.Fraction, "The same share over a hundred lists of guests, as many as there are workloads, drawn from them with replacement: a workload may run twice, and beside itself.", NullMeans = "no gap, or too few workloads", ReasonIn = nameof(MatchingReason))]
    public double? MatchingGapClosedDrawn { get; init; }

    [Column(Unit.Text, "Why no share of the gap is stated.", NullMeans = "one is")]
    public string? MatchingReason { get; init; }

    [Column(Unit.Fraction, "Of the halves predicted below 0.9, the share that is.", NullMeans = "none was predicted below 0.9, or no halves")]
    public double? Slo90Precision { get; init; }

    [Column(Unit.Fraction, "Of the halves below 0.9, the share predicted below.", NullMeans = "none is below 0.9, or no halves predicted")]
    public double? Slo90Recall { get; init; }

    [Column(Unit.Fraction, "Of the pairs predicted to keep both halves at 0.9, the share of which one is below.", NullMeans = "no pair was, or no halves predicted")]
    public double? Slo90WronglyAdmitted { get; init; }

    [Column(Unit.Fraction, "Of the halves predicted below 0.8, the share that is.", NullMeans = "none was predicted below 0.8, or no halves")]
    public double? Slo80Precision { get; init; }

    [Column(Unit.Fraction, "Of the halves below 0.8, the share predicted below.", NullMeans = "none is below 0.8, or no halves predicted")]
    public double? Slo80Recall { get; init; }

    [Column(Unit.Fraction, "Of the pairs predicted to keep both halves at 0.8, the share of which one is below.", NullMeans = "no pair was, or no halves predicted")]
    public double? Slo80WronglyAdmitted { get; init; }

    [Column(Unit.Fraction, "Share of measured halves at or above their lower bound; at least the level when the bound holds.", NullMeans = "no bounds of halves")]
    public double? HalfCoverage { get; init; }

    [Column(Unit.Fraction, "Share of pairs that a guard admits because the lower bounds of both halves reach 0.9.", NullMeans = "no bounds of halves")]
    public double? Slo90GuardAdmitted { get; init; }

    [Column(Unit.Fraction, "Of those pairs, the share of which one half is below 0.9.", NullMeans = "none was admitted, or no bounds of halves")]
    public double? Slo90GuardWronglyAdmitted { get; init; }

    [Column(Unit.Fraction, "Share of pairs that a guard admits because the lower bounds of both halves reach 0.8.", NullMeans = "no bounds of halves")]
    public double? Slo80GuardAdmitted { get; init; }

    [Column(Unit.Fraction, "Of those pairs, the share of which one half is below 0.8.", NullMeans = "none was admitted, or no bounds of halves")]
    public double? Slo80GuardWronglyAdmitted { get; init; }

    [Column(Unit.Score, "Lower end of the 90 % interval of mae, of a bootstrap of 1000 draws over workloads.", NullMeans = "evaluated by an older version")]
    public double? MaeLow { get; init; }

    [Column(Unit.Score, "Upper end of that interval.", NullMeans = "evaluated by an older version")]
    public double? MaeHigh { get; init; }

    [Column(Unit.Fraction, "Lower end of the 90 % interval of mape, of a bootstrap of 1000 draws over workloads.", NullMeans = "evaluated by an older version")]
    public double? MapeLow { get; init; }

    [Column(Unit.Fraction, "Upper end of that interval.", NullMeans = "evaluated by an older version")]
    public double? MapeHigh { get; init; }

    [Column(Unit.Score, "Lower end of the 90 % interval of mae less that of auto, on the same draws: above 0, auto is better by more than luck with workloads.", NullMeans = "the auto row, or evaluated by an older version")]
    public double? MaeAboveAutoLow { get; init; }

    [Column(Unit.Score, "Upper end of that interval: below 0, auto is worse by more than luck.", NullMeans = "the auto row, or evaluated by an older version")]
    public double? MaeAboveAutoHigh { get; init; }

    [Column(Unit.Fraction, "Lower end of the 90 % interval of mape less that of auto.", NullMeans = "the auto row, or evaluated by an older version")]
    public double? MapeAboveAutoLow { get; init; }

    [Column(Unit.Fraction, "Upper end of that interval.", NullMeans = "the auto row, or evaluated by an older version")]
    public double? MapeAboveAutoHigh { get; init; }

    [Column(Unit.Text, "Why the model states no interval, and auto does not consider it.", NullMeans = "it states one")]
    public string? IntervalReason { get; init; }

    [Column(Unit.Score, "Repeat spread: mean over the held-out pairs of the standard deviation of one run about the mean of the repeats of its pair, weighted as mae. No prediction can be expected to come closer to a single run.", NullMeans = "no repeats, or their spread is not known", ReasonIn = nameof(RepeatReason))]
    public double? RepeatSpread { get; init; }

    [Column(Unit.Fraction, "The same over the measured score, as mape.", NullMeans = "as repeat_spread", ReasonIn = nameof(RepeatReason))]
    public double? RepeatSpreadRelative { get; init; }

    [Column(Unit.Count, "Pairs with repeats behind the repeat spread.", NullMeans = "evaluated by an older version")]
    public int? RepeatedPairs { get; init; }

    [Column(Unit.Text, "Why no repeat spread is stated, or of which pairs it is.", NullMeans = "every pair was repeated")]
    public string? RepeatReason { get; init; }

    [Column(Unit.Fraction, "Share of the gap to the best division that a predictor would close which knew every mean score: what chance in the repeats leaves attainable, the mean of a hundred draws of them.", NullMeans = "no repeat spread or no gap", ReasonIn = nameof(RepeatReason))]
    public double? MatchingGapAttainable { get; init; }

    [Column(Unit.Fraction, "Share of the gap to the best division that predictions as wrong as these close in the mean of twenty draws: each measured score is replaced by its prediction plus the error of another pair.", NullMeans = "no gap, or not the row auto", ReasonIn = nameof(MatchingReason))]
    public double? MatchingGapExpected { get; init; }

    [Column(Unit.Fraction, "Share of the gap that is closed when only pairs that one model held out are matched with each other, summed over folds: over all folds predictions prefer pairs that were measured low by chance, since models of other pairs have learned their scores. Where one workload is held out it is the choice of its partner.", NullMeans = "no fold holds out pairs of four workloads that can be divided differently")]
    public double? MatchingGapClosedWithinFolds { get; init; }
}
