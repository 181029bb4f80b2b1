namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>How far one feature moves the predictions of a trained model.</summary>
[Table("feature_contributions", "How far one feature moves the predictions of a trained model.")]
public sealed record FeatureContributionRow
{
    [Column(Unit.Name, "Trainer of the model.")]
    public string Trainer { get; init; } = "";

    [Column(Unit.Name, "Feature of a pair; prior for what the model starts from.")]
    public string Feature { get; init; } = "";

    [Column(Unit.Text, "How it is computed from the two workloads.")]
    public string Definition { get; init; } = "";

    [Column(Unit.Score, "Mean over the measured pairs, weighted by repeats, of how far the predicted combined score moves when the feature is set to its mean of training.")]
    public double Contribution { get; init; }

    [Column(Unit.Score, "The same with its sign: mean move of the prediction per standard deviation that the feature lies above its mean.")]
    public double Slope { get; init; }

    [Column(Unit.Score, "Least contribution in the models that left one workload out.", NullMeans = "no workload could be left out")]
    public double? Low { get; init; }

    [Column(Unit.Score, "Largest contribution in those models.", NullMeans = "no workload could be left out")]
    public double? High { get; init; }

    [Column(Unit.Count, "Models that left one workload out and have the feature.")]
    public int Models { get; init; }
}
