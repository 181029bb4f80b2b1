namespace Colocate.Predict.Trainers;

/// <summary>What one feature does to one prediction.</summary>
/// <param name="Move">The prediction less the one with the feature at its mean of training (a name: unknown), in units of the combined score.</param>
/// <param name="Value">The feature in standard deviations from its mean of training; 0 for a name.</param>
internal readonly record struct FeatureEffect(double Move, double Value);
