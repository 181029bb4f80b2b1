using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict.Baselines;

/// <summary>A baseline: fitting a part gives a function of what is known of a pair.</summary>
internal sealed class Baseline(string name, string basis, Func<TrainingSet, Func<PairProfile, double>> fit) : IPairTrainer
{
    public string Name => name;

    public string Basis => basis;

    public IPairModel Fit(TrainingSet part, int seed) => new Rule(fit(part));

    private sealed class Rule(Func<PairProfile, double> combined) : IPairModel
    {
        public double Combined(PairProfile pair) => combined(pair);
    }
}
