using System.Text.Json.Nodes;

namespace Colocate.Simulate.Parameters;

/// <summary>The part <c>accepted</c> of <c>params.json</c>: for each vector the values of the fitted parameters and B of each workload. Files of earlier versions have none.</summary>
internal static class AcceptedVectors
{
    internal static JsonArray Document(CalibratedHost host) => new([.. host.Accepted.Select(a => new JsonObject
    {
        ["loss"] = a.Loss,
        ["values"] = new JsonObject(host.Fitted.Select(f => KeyValuePair.Create(f.Definition.Name, (JsonNode?)a.Parameters[f.Definition]))),
        ["simulated_base_per_s"] = new JsonObject(host.Workloads.Select(w => KeyValuePair.Create(w.Workload, (JsonNode?)a.SimulatedBasePerS[w.Workload]))),
    })]);

    internal static IReadOnlyList<AcceptedVector> Read(JsonNode? part, CalibratedHost host) => part is null ? [] :
    [
        .. part.AsArray().Select(node =>
        {
            JsonObject entry = ParameterFile.Object(node, "an entry of 'accepted'");
            JsonObject values = ParameterFile.Object(ParameterFile.Part(entry, "values"), "values"), bases = ParameterFile.Object(ParameterFile.Part(entry, "simulated_base_per_s"), "simulated_base_per_s");
            return new AcceptedVector(
                host.Parameters.With(host.Fitted.Select(f => (f.Definition, ParameterFile.Number(values, f.Definition.Name, f.Definition.Least, f.Definition.Most)))),
                ParameterFile.Number(entry, "loss", 0, double.MaxValue))
            {
                SimulatedBasePerS = host.Workloads.ToDictionary(w => w.Workload, w => ParameterFile.Number(bases, w.Workload, 1e-9, 1e9)),
            };
        }),
    ];
}
