namespace Colocate.Predict;

/// <summary>How far a stage of a study has come.</summary>
/// <param name="Stage">Name of the stage, for people.</param>
/// <param name="Done">Fits done.</param>
/// <param name="Total">Fits in the stage.</param>
public readonly record struct StudyProgress(string Stage, int Done, int Total);
