namespace Colocate.Model.Lake;

/// <summary>An input file that a stage read.</summary>
/// <param name="Path">Path relative to the lab folder.</param>
/// <param name="Sha256">Digest of its bytes.</param>
/// <param name="Bytes">Size.</param>
public sealed record StageInput(string Path, string Sha256, long Bytes);
