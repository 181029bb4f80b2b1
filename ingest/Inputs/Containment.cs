namespace Colocate.Ingest.Inputs;

/// <summary>Whether files lie where their paths say, links followed.</summary>
internal static class Containment
{
    /// <summary>As many links as Linux follows; more are a circle.</summary>
    private const int MostLinks = 40;

    /// <summary>True when a path below a folder stays below it after all links are followed; what does not exist leads nowhere.</summary>
    internal static bool IsInside(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path);
        if (Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || relative.StartsWith("..\\", StringComparison.Ordinal))
            return false;

        // Without a link between the folder and the file, which is the rule, the names say it all.
        string at = Path.GetFullPath(folder);
        bool hasLink = false;
        foreach (string part in relative.Split(Path.DirectorySeparatorChar))
        {
            at = Path.Combine(at, part);
            hasLink |= new FileInfo(at).LinkTarget is not null;
        }

        if (!hasLink)
            return true;
        return Resolve(path) is { } real && Resolve(folder) is { } root && (real == root || real.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    /// <summary>The path without links; null when they go in a circle.</summary>
    private static string? Resolve(string path)
    {
        int links = 0;
        var rest = new Stack<string>(Path.GetFullPath(path).Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        string at = Path.GetPathRoot(Path.GetFullPath(path))!;
        while (rest.TryPop(out string? part))
        {
            string next = Path.Combine(at, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
                return null;
            string full = Path.GetFullPath(target, at);
            at = Path.GetPathRoot(full)!;
            foreach (string step in full.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                rest.Push(step);
        }

        return at;
    }
}
