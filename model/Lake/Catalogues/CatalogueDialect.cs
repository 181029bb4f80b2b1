using System.Data.Common;

namespace Colocate.Model.Lake.Catalogues;

/// <summary>In what the databases of a catalogue differ: how their tables are declared, and how writers take turns. All else is the same SQL.</summary>
internal abstract class CatalogueDialect
{
    /// <summary>Version of the tables below; a catalogue of another is made anew from the manifests.</summary>
    protected const int SchemaVersion = 4;

    /// <summary>Makes the tables where they are missing or of another version.</summary>
    internal abstract void Prepare(DbConnection connection);

    /// <summary>Lets one writer at a time change what is known of a lake.</summary>
    internal abstract void TakeTurn(DbConnection connection, DbTransaction transaction, string lake);
}
