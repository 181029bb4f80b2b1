namespace Colocate.Model.Lake;

/// <summary>Something that is not as it was committed.</summary>
/// <param name="Path">Path relative to the lake, with <c>/</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record CheckProblem(string Path, string What, string Remedy);
