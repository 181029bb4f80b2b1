using System.Text;
using Colocate.Model.Errors;
using Colocate.Model.Lake.Files;
using Colocate.Model.Tables;

namespace Colocate.Model.Lake;

/// <summary>What makes a folder a lake.</summary>
internal static class LakeFolder
{
    /// <summary>What an interrupted making of a lake may have left.</summary>
    private static readonly string[] s_beginnings = [LakeLock.FileName, "staging", "schema"];

    /// <summary>Checks that a folder is a lake that this version reads.</summary>
    /// <exception cref="RequestException">It is none, is damaged, or a newer version wrote it (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static void Check(string folder, LakeFiles files)
    {
        if (!File.Exists(Path.Combine(folder, LakeIdentity.FileName)))
            throw new RequestException(ExitCode.WrongUse, $"There is no lake at '{folder}': it has no {LakeIdentity.FileName}", "give its folder with --lake, or make one with `colocate ingest PATH --lake DIR`");
        CheckIdentity(folder, files);
    }

    /// <summary>Checks that a folder is a lake or may become one, and makes the folder.</summary>
    /// <exception cref="RequestException">It may not (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static void Prepare(ref string folder, LakeFiles files)
    {
        folder = Path.GetFullPath(folder);
        string identity = Path.Combine(folder, LakeIdentity.FileName);

        // Another worker may be making it at this moment: what is there is only strange if it still is no lake afterwards.
        bool strange = File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(e => !s_beginnings.Contains(Path.GetFileName(e))));
        if (File.Exists(identity))
            CheckIdentity(folder, files);
        else if (strange)
            throw new RequestException(ExitCode.WrongUse, $"'{folder}' exists and is no lake", "give another folder with --lake, or empty this one");
        files.CreateFolder(folder);
    }

    /// <summary>Writes what a lake needs and has not; the same bytes whoever does it.</summary>
    internal static void Complete(string folder, LakeFiles files)
    {
        string staging = Path.Combine(folder, "staging"), identity = Path.Combine(folder, LakeIdentity.FileName);
        if (!File.Exists(identity))
            files.Write(staging, identity, new LakeIdentity(LakeIdentity.CurrentLayout).ToBytes());
        foreach (Table table in TableCatalogue.All)
        {
            string path = Path.Combine(folder, "schema", $"{table.Name}.v{table.Version}.json");
            byte[] content = Encoding.UTF8.GetBytes(TableDescription.Json(table));
            if (!File.Exists(path) || !files.ReadAll(path).AsSpan().SequenceEqual(content))
                files.Write(staging, path, content);
        }
    }

    private static void CheckIdentity(string folder, LakeFiles files)
    {
        LakeIdentity? identity = LakeIdentity.TryRead(files.ReadAll(Path.Combine(folder, LakeIdentity.FileName)));
        if (identity is not { Layout: >= 1 })
            throw new RequestException(ExitCode.WrongUse, $"'{folder}/{LakeIdentity.FileName}' is damaged", "restore the file, or ingest into a new lake");
        if (identity.Layout > LakeIdentity.CurrentLayout)
        {
            throw new RequestException(ExitCode.WrongUse, $"The lake at '{folder}' has layout {identity.Layout}; this version reads up to {LakeIdentity.CurrentLayout}",
                "use the newer version of colocate that wrote it, or another --lake");
        }
    }
}
