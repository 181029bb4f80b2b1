using System.Text.Json;

namespace Colocate.Model.Plans;

/// <summary>One piece of work that depends on no other of its plan: a run, a simulated scenario, a fold of an evaluation.</summary>
/// <param name="Unit">Name, unique within the plan.</param>
/// <param name="Chunk">Chunk it belongs to, from 0; null when its result was there already when the plan was made.</param>
/// <param name="Bytes">How much there is to do: bytes of input, or whatever grows with the time it takes.</param>
/// <param name="Fingerprint">What determines its result; null when its inputs were not read for the plan.</param>
/// <param name="Input">What its stage needs to find it again.</param>
public sealed record WorkUnit(string Unit, int? Chunk, long Bytes, string? Fingerprint, JsonElement Input);
