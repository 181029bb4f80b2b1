namespace Colocate.SystemTests.Cli;

/// <summary>Copies of folders, to be harmed or gone on with.</summary>
internal static class FolderCopy
{
    /// <summary>Copies what a folder holds, over what is there.</summary>
    /// <param name="from">The folder.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="isLeftOut">Files that are not copied, by path; null for none.</param>
    internal static void Make(string from, string to, Func<string, bool>? isLeftOut = null)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (isLeftOut?.Invoke(file) is true)
                continue;
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
