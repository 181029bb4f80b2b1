using System.Text.Json;
using Colocate.Model.Errors;
using Npgsql;

namespace Colocate.Model.Lake.Catalogues;

/// <summary>Content of a lake's <c>catalogue.json</c>: the shared database that it is listed in. A lake without the file has a catalogue of its own.</summary>
/// <param name="PostgreSql">Connection string, without a password.</param>
/// <param name="Lake">What tells this lake from others in the same database.</param>
internal sealed record CatalogueSettings(string PostgreSql, string Lake)
{
    internal const string FileName = "catalogue.json";

    /// <summary>Settings for a connection string that may be kept in a lake.</summary>
    /// <exception cref="RequestException">It is none, or holds a password (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static CatalogueSettings Of(string postgreSql, string lake)
    {
        try
        {
            if (new NpgsqlConnectionStringBuilder(postgreSql).Password is { Length: > 0 })
                throw new RequestException(ExitCode.WrongUse, "A password does not belong into a lake, which others read", "leave it out and put it into ~/.pgpass");
            return new CatalogueSettings(postgreSql, lake);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new RequestException(ExitCode.WrongUse, $"'{postgreSql}' is no connection string of PostgreSQL", "give Host=...;Database=...;Username=..., or sqlite");
        }
    }

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LakeJson.Default.CatalogueSettings);

    /// <summary>The settings; null when the content is none.</summary>
    internal static CatalogueSettings? TryRead(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, LakeJson.Default.CatalogueSettings) is { PostgreSql.Length: > 0, Lake.Length: > 0 } settings ? settings : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
