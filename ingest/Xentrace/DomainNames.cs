using Colocate.Model.Runs;

namespace Colocate.Ingest.Xentrace;

/// <summary>Names for the domain ids of a trace, which knows none.</summary>
internal static class DomainNames
{
    /// <summary>The manifest's name; <c>idle</c> for the idle domain, <c>domN</c> for one that the manifest does not list.</summary>
    internal static string Of(RunManifest run, int domid) =>
        domid == EventIds.IdleDomain ? "idle" : run.Domains.FirstOrDefault(d => d.Domid == domid)?.Name ?? $"dom{domid}";
}
