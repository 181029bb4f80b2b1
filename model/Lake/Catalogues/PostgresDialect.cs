using System.Data.Common;
using Dapper;

namespace Colocate.Model.Lake.Catalogues;

/// <summary>The catalogue of a lab: a PostgreSQL database that any number of lakes and machines share.</summary>
internal sealed class PostgresDialect : CatalogueDialect
{
    // Order by bytes, whatever the locale of the server: listings must not depend on it.
    private const string Schema = """
        create table if not exists colocate_version (version integer not null);
        create table if not exists outputs (
            lake text not null,
            manifest text collate "C" not null,
            stage text collate "C" not null,
            run text collate "C",
            campaign text collate "C",
            fingerprint text not null,
            status text not null,
            tool_version text not null,
            listing text,
            stamp text not null,
            primary key (lake, manifest));
        create table if not exists files (
            lake text not null,
            manifest text collate "C" not null,
            table_name text collate "C" not null,
            path text collate "C" not null,
            rows bigint not null,
            bytes bigint not null,
            sha256 text not null,
            primary key (lake, manifest, path),
            foreign key (lake, manifest) references outputs (lake, manifest) on delete cascade);
        create table if not exists inputs (
            lake text not null,
            manifest text collate "C" not null,
            path text collate "C" not null,
            digest text not null,
            bytes bigint not null,
            primary key (lake, manifest, path),
            foreign key (lake, manifest) references outputs (lake, manifest) on delete cascade);
        create index if not exists files_by_table on files (lake, table_name, manifest);
        create index if not exists outputs_by_stage on outputs (lake, stage, run);
        """;

    /// <summary>Any number that no other program is likely to lock by.</summary>
    private const long PrepareLock = 0x636f6c6f63617465;

    /// <inheritdoc/>
    internal override void Prepare(DbConnection connection)
    {
        using DbTransaction transaction = connection.BeginTransaction();
        connection.Execute("select pg_advisory_xact_lock(@PrepareLock)", new { PrepareLock }, transaction);
        bool isNew = !connection.ExecuteScalar<bool>("select to_regclass('colocate_version') is not null", transaction: transaction);
        if (!isNew && connection.ExecuteScalar<int>("select coalesce(max(version), 0) from colocate_version", transaction: transaction) == SchemaVersion)
            return;
        if (!isNew)
            connection.Execute("drop table if exists files, inputs, outputs, colocate_version", transaction: transaction);
        connection.Execute(Schema, transaction: transaction);
        connection.Execute("insert into colocate_version values (@SchemaVersion)", new { SchemaVersion }, transaction);
        transaction.Commit();
    }

    /// <inheritdoc/>
    internal override void TakeTurn(DbConnection connection, DbTransaction transaction, string lake) =>
        connection.Execute("select pg_advisory_xact_lock(hashtextextended(@lake, 0))", new { lake }, transaction);
}
