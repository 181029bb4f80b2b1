using Colocate.Ingest.Formats;
using Colocate.Ingest.Inputs;
using Colocate.Model.Lake.Files;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>What becomes of a file that no manifest names: a run is made of it, it is left out, or it belongs to a lab's layout.</summary>
/// <param name="Format">The format by which a run is made of it; null when none is.</param>
/// <param name="WhyNot">Why it is left out; null when it is not, or when there is nothing to say of it.</param>
/// <param name="IsInput">True when it may be a log that a run lacks.</param>
internal readonly record struct FolderFile(IInputFormat? Format, string? WhyNot, bool IsInput = false)
{
    /// <summary>What xenalyze says of the trace of a run; reference figures, by the layout of a lab.</summary>
    private const string ReferenceName = "xenalyze.txt";

    private static readonly FolderFile s_ofTheLayout = new(null, null);

    /// <summary>Looks at a file.</summary>
    /// <param name="lab">The folder that is ingested; what a link out of it leads to is not read.</param>
    /// <param name="file">The file.</param>
    /// <param name="hasManifest">True when a <c>run.json</c> lies beside it.</param>
    internal static FolderFile Of(string lab, string file, bool hasManifest)
    {
        string name = Path.GetFileName(file);
        if (name.StartsWith('.') || (hasManifest && name is ManifestReader.FileName or ReferenceName))
            return s_ofTheLayout;
        if (!Containment.IsInside(lab, file))
        {
            return RealFile.Length(file) > 0
                ? new FolderFile(null, "a link that leads out of the folder, not followed; copy the file into it, or ingest the folder that holds both", IsInput: !hasManifest)
                : new FolderFile(null, "a link that leads to no file");
        }

        (IInputFormat? format, string? whyNot) = LooseRuns.Look(file);
        if (format is null)
            return new HostNotes().Take(file) ? s_ofTheLayout : new FolderFile(null, whyNot);
        if (format.Role == InputRole.Published)
            return new FolderFile(null, LooseRuns.OneTable);
        if (hasManifest)
            return new FolderFile(null, $"of the format {format.Id}, but no run.json names it");
        return IsMarkdown(name) && format.Role == InputRole.Client && !HasReport(file, format)
            ? new FolderFile(null, $"notes: a command of {format.Id} stands in them, but no report")
            : new FolderFile(format, null);
    }

    private static bool IsMarkdown(string name) => Path.GetExtension(name).ToLowerInvariant() is ".md" or ".markdown";

    private static bool HasReport(string file, IInputFormat format) => LooseRuns.Read(file, format).Of<ClientResultRow>().Any();
}
