using System.Text.Json.Serialization;
using Colocate.Ingest.Formats;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Runs;

/// <summary>How what determines the rows of a run goes into its fingerprint. The code is made when Colocate is built.</summary>
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(EventSelection))]
internal sealed partial class SettingsJson : JsonSerializerContext;
