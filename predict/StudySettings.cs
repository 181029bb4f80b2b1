namespace Colocate.Predict;

/// <summary>Settings of a study.</summary>
public sealed record StudySettings
{
    /// <summary>Seed of trainers that draw random numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Trainers to give inner folds beside those of <see cref="Trainers.TrainerCatalogue.Nested"/>, by name.</summary>
    public IReadOnlyList<string> Trainers { get; init; } = [];

    /// <summary>Nominal level of the intervals of an evaluation, between 0 and 1.</summary>
    public double Level { get; init; } = 0.9;

    /// <summary>Fits made at the same time, at least 1; never changes a result.</summary>
    public int Parallelism { get; init; } = 1;
}
