using Dapper;
using Microsoft.Data.Sqlite;

namespace Colocate.Model.Lake;

/// <summary>
/// The SQLite index over a lake's manifests: which outputs exist and where their files are. It holds nothing of its own; deleting it
/// loses nothing, because it is brought in line with the manifests whenever a lake is opened.
/// </summary>
internal sealed class Catalogue : IDisposable
{
    private const int SchemaVersion = 2;

    private const string Schema = """
        create table if not exists outputs (
            manifest text primary key,   -- path relative to the lake
            stage text not null,
            run text,                    -- null: output about the whole lake
            campaign text,
            fingerprint text not null,
            status text not null,
            tool_version text not null,
            stamp text not null) strict; -- size and time of the manifest file: tells whether it was replaced
        create table if not exists files (
            manifest text not null references outputs(manifest) on delete cascade,
            table_name text not null,
            path text not null,
            rows integer not null,
            bytes integer not null,
            sha256 text not null) strict;
        create table if not exists inputs (
            manifest text not null references outputs(manifest) on delete cascade,
            path text not null,
            sha256 text not null,
            bytes integer not null) strict;
        create index if not exists files_by_table on files(table_name, manifest);
        create index if not exists files_by_manifest on files(manifest);
        create index if not exists inputs_by_manifest on inputs(manifest);
        create index if not exists outputs_by_stage on outputs(stage, run);
        """;

    private readonly SqliteConnection _connection;

    private Catalogue(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the catalogue; one that is damaged or of another version is replaced by an empty one.</summary>
    internal static Catalogue Open(string path)
    {
        try
        {
            return OpenOnce(path);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 8 or 14)
        {
            // SQLITE_READONLY, SQLITE_CANTOPEN: a lake that may only be read gets its index in memory.
            return OpenOnce(":memory:");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 11 or 26)
        {
            // SQLITE_CORRUPT, SQLITE_NOTADB: it is only an index.
            SqliteConnection.ClearAllPools();
            File.Delete(path);
            return OpenOnce(path);
        }
    }

    /// <summary>Known manifests with the stamp of their file.</summary>
    internal IReadOnlyDictionary<string, string> Manifests() =>
        _connection.Query<(string Path, string Stamp)>("select manifest, stamp from outputs").ToDictionary(m => m.Path, m => m.Stamp, StringComparer.Ordinal);

    internal void Apply(IEnumerable<(StageManifest Manifest, string Stamp)> added, IEnumerable<string> removed)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        foreach (string path in removed)
            _connection.Execute("delete from outputs where manifest = @path", new { path }, transaction);
        foreach ((StageManifest m, string stamp) in added)
        {
            string path = m.Path;
            _connection.Execute("delete from outputs where manifest = @path", new { path }, transaction);
            _connection.Execute(
                "insert into outputs values (@path, @Stage, @Run, @Campaign, @Fingerprint, @Status, @ToolVersion, @stamp)",
                new { path, m.Stage, m.Run, m.Campaign, m.Fingerprint, m.Status, m.ToolVersion, stamp }, transaction);
            _connection.Execute(
                "insert into files values (@manifest, @Table, @Path, @Rows, @Bytes, @Sha256)",
                m.Files.Select(f => new { manifest = path, f.Table, f.Path, f.Rows, f.Bytes, f.Sha256 }), transaction);
            _connection.Execute(
                "insert into inputs values (@manifest, @Path, @Sha256, @Bytes)",
                m.Inputs.Select(i => new { manifest = path, i.Path, i.Sha256, i.Bytes }), transaction);
        }

        transaction.Commit();
    }

    /// <summary>Manifest, run (null for output about the whole lake), fingerprint and status of every output of a stage.</summary>
    internal IReadOnlyList<(string Manifest, string? Run, string Fingerprint, string Status)> Outputs(string stage) =>
        [.. _connection.Query<(string, string?, string, string)>("select manifest, run, fingerprint, status from outputs where stage = @stage order by run", new { stage })];

    /// <summary>Every file that an output lists.</summary>
    internal IReadOnlyList<(string Manifest, string Path)> Files() => [.. _connection.Query<(string, string)>("select manifest, path from files")];

    internal IReadOnlyList<StageInput> InputsOfWholeLake(string stage) =>
    [
        .. _connection.Query<StageInput>(
            "select i.path as Path, i.sha256 as Sha256, i.bytes as Bytes from inputs i join outputs o using (manifest) where o.stage = @stage and o.run is null order by i.path", new { stage }),
    ];

    internal IReadOnlyList<string> FilesOf(string manifest) =>
        [.. _connection.Query<string>("select path from files where manifest = @manifest", new { manifest })];

    /// <summary>Committed files of a table: by campaign, then run; output about the whole lake first.</summary>
    internal IReadOnlyList<StageFile> Files(string table) =>
    [
        .. _connection.Query<StageFile>(
            """
            select f.table_name as "Table", f.path as Path, f.rows as Rows, f.bytes as Bytes, f.sha256 as Sha256
            from files f join outputs o using (manifest) where f.table_name = @table order by o.campaign, o.run, f.path
            """,
            new { table }),
    ];

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static Catalogue OpenOnce(string path)
    {
        // Pooling keeps the file open after disposal, so that a lake could not be moved or deleted.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true }.ToString());
        try
        {
            connection.Open();
            if (connection.ExecuteScalar<int>("pragma user_version") is not (0 or SchemaVersion))
                connection.Execute("drop table if exists files; drop table if exists inputs; drop table if exists outputs");
            connection.Execute("pragma journal_mode = delete; " + Schema + $"pragma user_version = {SchemaVersion};");
            return new Catalogue(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
