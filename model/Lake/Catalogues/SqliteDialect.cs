using System.Data.Common;
using Dapper;

namespace Colocate.Model.Lake.Catalogues;

/// <summary>The catalogue of one machine: a file in the lake.</summary>
internal sealed class SqliteDialect : CatalogueDialect
{
    private const string Schema = """
        create table if not exists outputs (
            lake text not null,
            manifest text not null,      -- path relative to the lake
            stage text not null,
            run text,                    -- null: output about the whole lake
            campaign text,
            fingerprint text not null,
            status text not null,
            tool_version text not null,
            listing text,                -- the run in one line, as JSON
            stamp text not null,         -- size and time of the manifest file: tells whether it was replaced
            primary key (lake, manifest)) strict;
        create table if not exists files (
            lake text not null,
            manifest text not null,
            table_name text not null,
            path text not null,
            rows integer not null,
            bytes integer not null,
            sha256 text not null,
            primary key (lake, manifest, path),
            foreign key (lake, manifest) references outputs (lake, manifest) on delete cascade) strict;
        create table if not exists inputs (
            lake text not null,
            manifest text not null,
            path text not null,
            digest text not null,
            bytes integer not null,
            primary key (lake, manifest, path),
            foreign key (lake, manifest) references outputs (lake, manifest) on delete cascade) strict;
        create index if not exists files_by_table on files (lake, table_name, manifest);
        create index if not exists outputs_by_stage on outputs (lake, stage, run);
        pragma user_version = 4;
        """;

    /// <inheritdoc/>
    internal override void Prepare(DbConnection connection)
    {
        // Sorting thousands of lines in a file of its own takes longer than all else of a listing.
        connection.Execute("pragma temp_store = memory");
        int version = connection.ExecuteScalar<int>("pragma user_version");
        if (version == SchemaVersion)
            return;

        // By itself: what follows a statement that returns a row is done when its reader is closed, and the library keeps failures then to itself.
        connection.Execute("pragma journal_mode = delete");
        using DbTransaction transaction = connection.BeginTransaction();
        if (version != 0)
            connection.Execute("drop table if exists files; drop table if exists inputs; drop table if exists outputs", transaction: transaction);
        connection.Execute(Schema, transaction: transaction);
        transaction.Commit();
    }

    /// <inheritdoc/>
    /// <remarks>SQLite locks the whole file by itself.</remarks>
    internal override void TakeTurn(DbConnection connection, DbTransaction transaction, string lake)
    {
    }
}
