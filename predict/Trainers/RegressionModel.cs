using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Trainers;

/// <summary>A fitted <see cref="RegressionTrainer"/>.</summary>
internal sealed class RegressionModel(RegressionTrainer trainer, FeatureSpace space, IRegressor regressor) : IPairModel
{
    public FeatureSpace Space => space;

    public IRegressor Regressor => regressor;

    public double Combined(PairProfile pair)
    {
        PairInput input = space.Solo.Pair(pair);
        return trainer.Prior(input) + regressor.Predict(space.Standardise(input));
    }
}
