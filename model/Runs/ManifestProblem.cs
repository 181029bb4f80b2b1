namespace Colocate.Model.Runs;

/// <summary>One rule that a manifest breaks.</summary>
/// <param name="Field">Where, as a path such as <c>domains[1].client.file</c>; empty for the document as a whole.</param>
/// <param name="What">What is wrong and why.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record ManifestProblem(string Field, string What, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => Field.Length == 0 ? $"{What}; {Remedy}" : $"{Field}: {What}; {Remedy}";
}
