using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Trainers;

/// <summary>A fitted <see cref="RegressionTrainer"/>.</summary>
internal sealed class RegressionModel(RegressionTrainer trainer, FeatureSpace space, IRegressor regressor) : IPairModel
{
    public FeatureSpace Space => space;

    public IRegressor Regressor => regressor;

    public double Combined(SoloProfile a, SoloProfile b)
    {
        PairInput pair = space.Solo.Pair(a, b);
        return trainer.Prior(pair) + regressor.Predict(space.Standardise(pair));
    }
}
