using System.Text.Json.Serialization;
using Colocate.Model.Lake.Catalogues;
using Colocate.Model.Runs;

namespace Colocate.Model.Lake;

/// <summary>How files of a lake are written as JSON. The code is made when Colocate is built: found out by reflection, it costs each start a twentieth of a second.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LakeIdentity))]
[JsonSerializable(typeof(StageManifest))]
[JsonSerializable(typeof(CatalogueSettings))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class LakeJson : JsonSerializerContext;

/// <summary>How values within other files, and in the catalogue, are written as JSON: in one line, under the names of the program.</summary>
[JsonSerializable(typeof(RunListing))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class LineJson : JsonSerializerContext;
