namespace Colocate.Model.Lake;

/// <summary>What a check found.</summary>
/// <param name="Manifests">Manifests looked at.</param>
/// <param name="Files">Table files looked at.</param>
/// <param name="Rows">Their rows.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Problems">What is wrong, by path.</param>
public sealed record CheckResult(int Manifests, int Files, long Rows, long Bytes, IReadOnlyList<CheckProblem> Problems);
