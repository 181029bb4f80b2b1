using System.Collections.Concurrent;
using System.Text.Json;
using Colocate.Model.Errors;
using Colocate.Model.Lake.Files;
using Colocate.Model.Tables;
using Parquet;

namespace Colocate.Model.Lake;

/// <summary>
/// Verifies a lake against its manifests: every manifest can be read and lies where it must, every file it lists has its size, digest, rows and columns and
/// carries the same fingerprint and inputs, every byte of every input is accounted for, nothing unlisted lies among the tables, and the catalogue says the same.
/// </summary>
public static class LakeCheck
{
    private const string IngestAgain = "ingest the lab again: it makes anew what is damaged";

    /// <summary>Checks a lake; changes nothing but its catalogue.</summary>
    /// <param name="folder">The lake.</param>
    /// <param name="jobs">Manifests looked at a time.</param>
    /// <param name="progress">Told of manifests done of all, from any thread; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="RequestException">There is no lake, or a newer version wrote it (<see cref="ExitCode.WrongUse"/>).</exception>
    public static async Task<CheckResult> RunAsync(string folder, int jobs, IProgress<(int Done, int Total)>? progress, CancellationToken cancellation)
    {
        using Lake lake = Lake.Open(folder);
        var files = new LakeFiles(null);
        string Relative(string path) => Path.GetRelativePath(lake.Folder, path).Replace('\\', '/');
        string[] manifests = [.. files.List(Path.Combine(lake.Folder, "manifests"), "*").Select(Relative).Order(StringComparer.Ordinal)];
        var problems = new ConcurrentBag<CheckProblem>();
        var listed = new ConcurrentDictionary<string, StageFile>(StringComparer.Ordinal);
        int done = 0;
        await Parallel.ForEachAsync(manifests, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, async (path, _) =>
        {
            if (StageManifest.TryRead(files, Path.Combine(lake.Folder, path)) is not { } manifest)
                problems.Add(new(path, "no manifest can be read here, so its output is no part of the lake", IngestAgain));
            else if (manifest.Path != path)
                problems.Add(new(path, $"this manifest belongs to {manifest.Path}", "remove it, or move it back"));
            else
            {
                foreach (StageFile file in manifest.Files)
                {
                    listed[file.Path] = file;
                    foreach (CheckProblem problem in await CheckAsync(lake.Folder, manifest, file, files).ConfigureAwait(false))
                        problems.Add(problem);
                }
            }

            progress?.Report((Interlocked.Increment(ref done), manifests.Length));
        }).ConfigureAwait(false);
        foreach (string path in files.List(Path.Combine(lake.Folder, "tables"), "*").Select(Relative).Where(p => !listed.ContainsKey(p)))
            problems.Add(new(path, "no manifest lists this file", "nothing to do: the next command that writes to the lake removes it"));
        CheckCatalogue(lake, problems);
        return new CheckResult(
            manifests.Length, listed.Count, listed.Values.Sum(f => f.Rows), listed.Values.Sum(f => f.Bytes),
            [.. problems.OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.What, StringComparer.Ordinal)]);
    }

    private static async Task<IReadOnlyList<CheckProblem>> CheckAsync(string folder, StageManifest manifest, StageFile file, LakeFiles files)
    {
        string path = Path.Combine(folder, file.Path);
        CheckProblem Problem(string what) => new(file.Path, what, IngestAgain);
        if (!File.Exists(path))
            return [Problem($"the file is gone that {manifest.Path} lists")];
        try
        {
            if (files.Digest(path) is var digest && (digest.Bytes != file.Bytes || digest.Sha256 != file.Sha256))
                return [Problem(FormattableString.Invariant($"its bytes are not those committed: {digest.Bytes} of digest {digest.Sha256[..16]}, {manifest.Path} says {file.Bytes} of {file.Sha256[..Math.Min(16, file.Sha256.Length)]}"))];
            return await CheckContentAsync(path, manifest, file, Problem).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Problem($"it cannot be read: {e.Message}")];
        }
    }

    private static async Task<IReadOnlyList<CheckProblem>> CheckContentAsync(string path, StageManifest manifest, StageFile file, Func<string, CheckProblem> problem)
    {
        if (TableCatalogue.All.FirstOrDefault(t => t.Name == file.Table) is not { } table)
            return [problem($"there is no table '{file.Table}'")];
        var found = new List<CheckProblem>();
        await using ParquetReader reader = await ParquetReader.CreateAsync(path).ConfigureAwait(false);
        if (reader.RowGroups.Sum(g => g.RowCount) is var rows && rows != file.Rows)
            found.Add(problem(FormattableString.Invariant($"it has {rows} rows, {manifest.Path} says {file.Rows}")));
        string[] strange = [.. reader.Schema.DataFields.Where(f => table.Columns.FirstOrDefault(c => c.Name == f.Name) is not { } c || !Holds(f.ClrType, c.Type)).Select(f => f.Name)];
        if (strange.Length > 0)
            found.Add(problem($"columns that the table {table.Name} does not have so: {string.Join(", ", strange)}"));
        IReadOnlyDictionary<string, string> metadata = reader.CustomMetadata;
        if (metadata.GetValueOrDefault("colocate.fingerprint") != manifest.Fingerprint)
            found.Add(problem($"its fingerprint is not that of {manifest.Path}"));
        if (metadata.GetValueOrDefault("colocate.inputs") != JsonSerializer.Serialize(manifest.Inputs.ToDictionary(i => i.Path, i => i.Digest), LineJson.Default.DictionaryStringString))
            found.Add(problem($"its inputs are not those of {manifest.Path}"));
        if (table.Name == Table.Of<InputFileRow>().Name)
        {
            foreach (InputFileRow row in await ParquetTable.ReadAsync<InputFileRow>(path).ConfigureAwait(false))
            {
                if (row.DecodedBytes != row.ParsedBytes + row.SkippedBytes + row.SetAsideBytes)
                    found.Add(problem(FormattableString.Invariant($"{row.File}: {row.ParsedBytes} bytes parsed, {row.SkippedBytes} skipped and {row.SetAsideBytes} set aside are not its {row.DecodedBytes}")));
            }
        }

        return found;
    }

    /// <summary>True when a stored type is that of a column; the library names texts by types of its own.</summary>
    private static bool Holds(Type stored, Type column) => column == typeof(string) ? !stored.IsPrimitive : stored == column;

    private static void CheckCatalogue(Lake lake, ConcurrentBag<CheckProblem> problems)
    {
        using Lake rebuilt = Lake.OpenByManifests(lake.Folder);
        IReadOnlyList<string> now = lake.DumpCatalogue(), should = rebuilt.DumpCatalogue();
        foreach (string entry in now.Except(should).Take(10))
            problems.Add(new(lake.CataloguePlace, $"an entry that no manifest gives: {entry}", "delete catalogue.db, or choose the database again with `colocate catalogue --use`: it is made anew"));
        foreach (string entry in should.Except(now).Take(10))
            problems.Add(new(lake.CataloguePlace, $"an entry is missing: {entry}", "delete catalogue.db, or choose the database again with `colocate catalogue --use`: it is made anew"));
    }
}
