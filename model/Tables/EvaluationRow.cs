namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>Error of one trainer or baseline under one protocol.</summary>
[Table("evaluations", "Error of one trainer or baseline under one protocol.")]
public sealed record EvaluationRow
{
    [Column(Unit.Name, "pair: leave one pair out; workload: leave one workload out. Says who was unseen.")]
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

    [Column(Unit.Fraction, "Share of measured scores inside the interval.", NullMeans = "the model states none")]
    public double? Coverage { get; init; }

    [Column(Unit.Score, "Mean width of the interval.", NullMeans = "the model states none")]
    public double? Width { get; init; }

    [Column(Unit.Fraction, "Nominal level of the interval.", NullMeans = "the model states none")]
    public double? Level { get; init; }
}
