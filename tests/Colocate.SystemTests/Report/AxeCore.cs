using Colocate.SystemTests.Cli;

namespace Colocate.SystemTests.Report;

/// <summary>The accessibility checker axe-core (MPL 2.0, Deque Systems) where <c>.ci/run</c> puts it; it is no part of the product.</summary>
internal static class AxeCore
{
    /// <summary>Its script; null when it is not installed.</summary>
    public static string? Find() =>
        Path.Combine(SampleReports.Root, "artifacts", "npm", "node_modules", "axe-core", "axe.min.js") is var path && File.Exists(path) ? path : null;
}
