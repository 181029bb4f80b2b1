using Colocate.Predict.Profiles;

namespace Colocate.Predict.Trainers;

/// <summary>A fitted trainer or baseline. Safe to use from several threads.</summary>
public interface IPairModel
{
    /// <summary>Predicted combined score, not yet limited to what a score can be; the same for the swapped pair up to rounding.</summary>
    double Combined(PairProfile pair);
}
