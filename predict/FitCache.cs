using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Predict;

/// <summary>Fits every trainer on every part at most once: inner folds of different outer folds often leave the same pairs.</summary>
internal sealed class FitCache(StudySettings settings)
{
    private readonly Dictionary<(IPairTrainer, string), IPairModel> _models = [];

    /// <summary>Makes the missing fits, several at a time; a fit depends on its part and seed alone, so it does not matter which thread makes it.</summary>
    public void Prepare(
        IEnumerable<(IPairTrainer Trainer, TrainingSet Part)> wanted, string stage, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        var missing = new Dictionary<(IPairTrainer, string), TrainingSet>();
        foreach ((IPairTrainer trainer, TrainingSet part) in wanted)
        {
            if (!_models.ContainsKey((trainer, part.Key)))
                missing.TryAdd((trainer, part.Key), part);
        }

        var jobs = missing.ToArray();
        var fitted = new IPairModel[jobs.Length];
        int done = 0;
        Parallel.For(0, jobs.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.Parallelism, CancellationToken = cancellation }, i =>
        {
            fitted[i] = jobs[i].Key.Item1.Fit(jobs[i].Value, settings.Seed);
            progress?.Report(new StudyProgress(stage, Interlocked.Increment(ref done), jobs.Length));
        });
        for (int i = 0; i < jobs.Length; i++)
            _models.Add(jobs[i].Key, fitted[i]);
    }

    /// <summary>A fit that <see cref="Prepare"/> made.</summary>
    public IPairModel Get(IPairTrainer trainer, TrainingSet part) => _models[(trainer, part.Key)];
}
