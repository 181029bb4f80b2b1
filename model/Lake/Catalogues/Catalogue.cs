using System.Data.Common;
using System.Text.Json;
using Colocate.Model.Errors;
using Colocate.Model.Runs;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Colocate.Model.Lake.Catalogues;

/// <summary>
/// The index over a lake's manifests: which outputs exist and where their files are. It holds nothing of its own; deleting it loses nothing, because it is
/// brought in line with the manifests whenever a lake is opened.
/// </summary>
internal sealed class Catalogue : IDisposable
{
    internal const string FileName = "catalogue.db";

    private const string Here = "here";

    private readonly DbConnection _connection;
    private readonly CatalogueDialect _dialect;
    private readonly string _lake;
    private bool _isDamaged;

    private Catalogue(DbConnection connection, CatalogueDialect dialect, string lake) => (_connection, _dialect, _lake) = (connection, dialect, lake);

    /// <summary>Where it is, for people.</summary>
    internal string Place { get; private init; } = FileName;

    /// <summary>Opens a lake's own catalogue; one that is damaged or of another version is replaced by an empty one.</summary>
    internal static Catalogue Open(string path)
    {
        try
        {
            return OpenSqlite(path);
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            SqliteConnection.ClearAllPools();
            File.Delete(path);
            return OpenSqlite(path);
        }
        catch (SqliteException e) when (IsOfNoUse(e))
        {
            return InMemory();
        }
    }

    /// <summary>An empty catalogue that goes with its process: for a lake that may only be read, or whose disk is full.</summary>
    internal static Catalogue InMemory() => OpenSqlite(":memory:");

    /// <summary>SQLITE_CORRUPT, SQLITE_NOTADB: such a file is removed and made anew, for it is only an index.</summary>
    private static bool IsDamage(DbException e) => e is SqliteException { SqliteErrorCode: 11 or 26 };

    /// <summary>
    /// The database cannot be used, here or now: of SQLite's codes BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN and PROTOCOL; of a server all that is not its answer
    /// to a statement.
    /// </summary>
    private static bool IsOfNoUse(DbException e) => e is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 or 15 } or (NpgsqlException and not PostgresException);

    /// <summary>Opens a shared catalogue.</summary>
    /// <exception cref="RequestException">It cannot be reached (<see cref="ExitCode.Unexpected"/>).</exception>
    internal static Catalogue Open(CatalogueSettings settings)
    {
        var connection = new NpgsqlConnection(settings.PostgreSql);
        try
        {
            connection.Open();
            var dialect = new PostgresDialect();
            dialect.Prepare(connection);
            return new Catalogue(connection, dialect, settings.Lake) { Place = $"PostgreSQL {connection.Host}, database {connection.Database}" };
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            connection.Dispose();
            throw new RequestException(
                ExitCode.Unexpected, $"The shared catalogue of this lake cannot be used: {e.Message.TrimEnd('.')}",
                "start the server, or give the lake a catalogue of its own again with `colocate catalogue --use sqlite`; nothing is lost by that");
        }
    }

    /// <summary>Known manifests with the stamp of their file.</summary>
    internal IReadOnlyDictionary<string, string> Manifests() =>
        Query<(string Path, string Stamp)>("select manifest, stamp from outputs where lake = @_lake").ToDictionary(m => m.Path, m => m.Stamp, StringComparer.Ordinal);

    /// <summary>Takes in manifests that were written and forgets those that were removed, all or none.</summary>
    /// <exception cref="IOException">The database cannot be used now.</exception>
    internal void Apply(IEnumerable<(StageManifest Manifest, string Stamp)> added, IEnumerable<string> removed) =>
        _ = Use("written", () => ApplyAll(added, removed));

    private bool ApplyAll(IEnumerable<(StageManifest Manifest, string Stamp)> added, IEnumerable<string> removed)
    {
        using DbTransaction transaction = _connection.BeginTransaction();
        _dialect.TakeTurn(_connection, transaction, _lake);
        foreach (string manifest in removed)
            Remove(manifest);
        foreach ((StageManifest m, string stamp) in added)
        {
            Remove(m.Path);
            string? listing = m.Listing is null ? null : JsonSerializer.Serialize(m.Listing, LineJson.Default.RunListing);
            _connection.Execute(
                "insert into outputs (lake, manifest, stage, run, campaign, fingerprint, status, tool_version, listing, stamp) values (@_lake, @Path, @Stage, @Run, @Campaign, @Fingerprint, @Status, @ToolVersion, @listing, @stamp)",
                new { _lake, m.Path, m.Stage, m.Run, m.Campaign, m.Fingerprint, m.Status, m.ToolVersion, listing, stamp }, transaction);
            _connection.Execute(
                "insert into files (lake, manifest, table_name, path, rows, bytes, sha256) values (@_lake, @manifest, @Table, @Path, @Rows, @Bytes, @Sha256)",
                m.Files.Select(f => new { _lake, manifest = m.Path, f.Table, f.Path, f.Rows, f.Bytes, f.Sha256 }), transaction);
            _connection.Execute(
                "insert into inputs (lake, manifest, path, digest, bytes) values (@_lake, @manifest, @Path, @Digest, @Bytes)",
                m.Inputs.Select(i => new { _lake, manifest = m.Path, i.Path, i.Digest, i.Bytes }), transaction);
        }

        transaction.Commit();
        return true;

        void Remove(string manifest) => _connection.Execute("delete from outputs where lake = @_lake and manifest = @manifest", new { _lake, manifest }, transaction);
    }

    /// <summary>Manifest, run (null for output about the whole lake), fingerprint and status of every output of a stage.</summary>
    internal IReadOnlyList<(string Manifest, string? Run, string Fingerprint, string Status)> Outputs(string stage) =>
        Query<(string, string?, string, string)>("select manifest, run, fingerprint, status from outputs where lake = @_lake and stage = @value order by run", stage);

    /// <summary>Every file that an output lists.</summary>
    internal IReadOnlyList<(string Manifest, string Path)> Files() => Query<(string, string)>("select manifest, path from files where lake = @_lake");

    internal IReadOnlyList<StageInput> InputsOfWholeLake(string stage) => Query<StageInput>(
        """
        select i.path as "Path", i.digest as "Sha256", i.bytes as "Bytes" from inputs i join outputs o on o.lake = i.lake and o.manifest = i.manifest
        where o.lake = @_lake and o.stage = @value and o.run is null order by i.path
        """,
        stage);

    internal IReadOnlyList<string> FilesOf(string manifest) => Query<string>("select path from files where lake = @_lake and manifest = @value", manifest);

    /// <summary>Committed files of a table: by campaign, then run; output about the whole lake first.</summary>
    internal IReadOnlyList<StageFile> FilesOfTable(string table) => Query<StageFile>(
        """
        select f.table_name as "Table", f.path as "Path", f.rows as "Rows", f.bytes as "Bytes", f.sha256 as "Sha256"
        from files f join outputs o on o.lake = f.lake and o.manifest = f.manifest
        where f.lake = @_lake and f.table_name = @value order by o.campaign nulls first, o.run nulls first, f.path
        """,
        table);

    /// <summary>Listed runs of a stage, by campaign and run; null when some run of it was committed without, by an older version.</summary>
    internal IReadOnlyList<RunListing>? Listings(string stage)
    {
        bool complete = Query<long>(
            "select count(*) from outputs o join files f on f.lake = o.lake and f.manifest = o.manifest and f.table_name = 'runs' where o.lake = @_lake and o.stage = @value and o.listing is null",
            stage)[0] == 0;
        return complete
            ? [.. Query<string>("select listing from outputs where lake = @_lake and stage = @value and listing is not null order by campaign, run", stage).Select(l => JsonSerializer.Deserialize(l, LineJson.Default.RunListing)!)]
            : null;
    }

    /// <summary>All it holds, one line an entry, in order: equal for equal lakes, whatever the database.</summary>
    internal IReadOnlyList<string> Dump() =>
    [
        .. Query<(string, string, string?, string?, string, string, string, string?)>(
            "select manifest, stage, run, campaign, fingerprint, status, tool_version, listing from outputs where lake = @_lake order by manifest").Select(o => "output " + JsonSerializer.Serialize(Fields(o))),
        .. Query<(string, string, string, long, long, string)>(
            "select manifest, path, table_name, rows, bytes, sha256 from files where lake = @_lake order by manifest, path").Select(f => "file " + JsonSerializer.Serialize(Fields(f))),
        .. Query<(string, string, string, long)>(
            "select manifest, path, digest, bytes from inputs where lake = @_lake order by manifest, path").Select(i => "input " + JsonSerializer.Serialize(Fields(i))),
    ];

    /// <inheritdoc/>
    /// <remarks>What turned out to be damaged is left to nobody: whoever opens the lake next makes it anew.</remarks>
    public void Dispose()
    {
        string file = _connection.DataSource;
        _connection.Dispose();
        if (_isDamaged)
            File.Delete(file);
    }

    private static object?[] Fields(System.Runtime.CompilerServices.ITuple tuple) => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])];

    private List<T> Query<T>(string sql, string? value = null) => Use("read", () => _connection.Query<T>(sql, new { _lake, value }).AsList());

    private T Use<T>(string how, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (DbException e) when (IsOfNoUse(e) || IsDamage(e))
        {
            _isDamaged |= IsDamage(e);
            throw new IOException($"the catalogue cannot be {how} ({e.Message.TrimEnd('.')}); what was committed is safe", e);
        }
    }

    private static Catalogue OpenSqlite(string path)
    {
        // Pooling keeps the file open after disposal, so that a lake could not be moved or deleted.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true }.ToString());
        try
        {
            connection.Open();
            var dialect = new SqliteDialect();
            dialect.Prepare(connection);
            return new Catalogue(connection, dialect, Here);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
