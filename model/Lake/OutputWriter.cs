using System.Globalization;
using System.Text.Json;
using Colocate.Model.Lake.Files;
using Colocate.Model.Tables;

namespace Colocate.Model.Lake;

/// <summary>Writes outputs into a lake's folder. Names follow from content alone, so that whoever does the same work again, or at the same time, writes the same bytes to the same place.</summary>
internal sealed class OutputWriter(string folder, LakeFiles files)
{
    internal string Staging => Path.Combine(folder, "staging");

    internal Task<StagedTable> BeginTableAsync(Table table) => StagedTable.CreateAsync(table, StagedPath, files);

    /// <summary>Writes all table files of an output under their final names, each read back first. No reader sees them until the manifest is there.</summary>
    internal async Task<StageManifest> WriteTablesAsync(StageOutput output)
    {
        List<StageFile> written = [.. await WriteTablesAsync(output, output.Tables).ConfigureAwait(false)];
        foreach (StagedTable staged in output.Staged)
        {
            foreach ((int number, StagedPart part) in staged.Parts.Index())
            {
                await part.CompleteAsync(Metadata(output, staged.Table)).ConfigureAwait(false);
                written.Add(await PublishAsync(output, staged.Table, part.Path, part.Rows, number).ConfigureAwait(false));
            }
        }

        return new StageManifest
        {
            Stage = output.Stage, Run = output.Run, Campaign = output.Campaign, Fingerprint = output.Fingerprint, Status = output.Status,
            ToolVersion = Lake.ToolVersion, Inputs = output.Inputs, Settings = output.Settings, Files = written, Listing = output.Listing,
        };
    }

    /// <summary>The commit: before the manifest's rename the old output stands, after it the new one.</summary>
    internal void WriteManifest(StageManifest manifest) => files.Write(Staging, Path.Combine(folder, manifest.Path), manifest.ToBytes());

    private string StagedPath()
    {
        files.CreateFolder(Staging);
        return Path.Combine(Staging, Guid.NewGuid().ToString("N") + ".parquet");
    }

    /// <summary>Writes tables, as many at a time as the process may use cores.</summary>
    private async Task<StageFile[]> WriteTablesAsync(StageOutput output, IReadOnlyList<KeyValuePair<Table, IReadOnlyList<object>>> tables)
    {
        var written = new StageFile[tables.Count];
        await Parallel.ForAsync(0, tables.Count, async (i, _) => written[i] = await WriteTableAsync(output, tables[i].Key, tables[i].Value).ConfigureAwait(false)).ConfigureAwait(false);
        return written;
    }

    private async Task<StageFile> WriteTableAsync(StageOutput output, Table table, IReadOnlyList<object> rows)
    {
        string staged = StagedPath();
        Stream file = files.Create(staged);
        try
        {
            await ParquetTable.WriteAsync(file, table, rows, Metadata(output, table)).ConfigureAwait(false);
            LakeFiles.Close(file);
            return await PublishAsync(output, table, staged, rows.Count, part: 0).ConfigureAwait(false);
        }
        catch
        {
            // What closes may fail like what writes did; the first failure is the one to tell.
            Abandon(file);
            files.TryDelete(staged);
            throw;
        }
    }

    /// <summary>Closes a file whose content does not matter any more.</summary>
    internal static void Abandon(Stream file)
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
        }
    }

    private static Dictionary<string, string> Metadata(StageOutput output, Table table) => new()
    {
        ["colocate.table"] = table.Name,
        ["colocate.table_version"] = table.Version.ToString(CultureInfo.InvariantCulture),
        ["colocate.columns"] = TableDescription.Columns(table).ToJsonString(),
        ["colocate.stage"] = output.Stage,
        ["colocate.fingerprint"] = output.Fingerprint,
        ["colocate.inputs"] = JsonSerializer.Serialize(output.Inputs.ToDictionary(i => i.Path, i => i.Digest), LineJson.Default.DictionaryStringString),
        ["colocate.tool_version"] = Lake.ToolVersion,
    };

    private async Task<StageFile> PublishAsync(StageOutput output, Table table, string staged, long rows, int part)
    {
        string suffix = part == 0 ? ".parquet" : FormattableString.Invariant($"-{part}.parquet");
        string name = output.Run is null
            ? $"tables/{table.Name}/v{table.Version}/{output.Stage}-{output.Fingerprint[..16]}{suffix}"
            : $"tables/{table.Name}/v{table.Version}/campaign={output.Campaign}/run-{output.Run}-{output.Fingerprint[..16]}{suffix}";

        // What goes into the lake is first read back: a short write must never be committed.
        await using (FileStream file = files.OpenRead(staged))
        {
            long readBack = await ParquetTable.CountRowsAsync(file).ConfigureAwait(false);
            if (readBack != rows)
                throw new IOException($"{name}: {rows} rows were written, {readBack} can be read");
        }

        FileDigest digest = files.Digest(staged);
        files.Publish(staged, Path.Combine(folder, name), digest);
        return new StageFile(table.Name, name, rows, digest.Bytes, digest.Sha256);
    }
}
