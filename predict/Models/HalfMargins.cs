using Colocate.Predict.Evaluation;

namespace Colocate.Predict.Models;

/// <summary>How far a half may truly lie from its prediction, each side with the probability of the level it was made for.</summary>
/// <param name="Below">Largest shortfall; infinite when unknown.</param>
/// <param name="Above">Largest excess; infinite when unknown.</param>
internal readonly record struct HalfMargins(double Below, double Above)
{
    /// <summary>The value that a half keeps with that probability, within 0 and its prediction.</summary>
    public double Low(double half) => Math.Clamp(half - Below, 0, half);

    /// <summary>The value that it does not exceed with that probability, at most 1.05.</summary>
    public double High(double half) => Math.Clamp(half + Above, Math.Min(half, CrossFit.Most / 2), CrossFit.Most / 2);
}
