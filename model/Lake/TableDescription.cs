using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Colocate.Model.Tables;

namespace Colocate.Model.Lake;

/// <summary>A table's columns with units and null meaning as JSON: for file metadata and the lake's <c>schema</c> folder.</summary>
public static class TableDescription
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns as a JSON array of name, type, unit, description and null meaning.</summary>
    public static JsonArray Columns(Table table) =>
    [
        .. table.Columns.Select(c => new JsonObject
        {
            ["name"] = c.Name,
            ["type"] = TypeName(c),
            ["unit"] = c.Unit,
            ["description"] = c.Description,
            ["null_means"] = c.NullMeans,
        }),
    ];

    /// <summary>The whole description, indented, with a final newline.</summary>
    public static string Json(Table table) =>
        new JsonObject
        {
            ["table"] = table.Name,
            ["version"] = table.Version,
            ["description"] = table.Description,
            ["columns"] = Columns(table),
        }.ToJsonString(s_indented) + "\n";

    /// <summary>Type of a column as readers of Parquet name it.</summary>
    public static string TypeName(Column column) => column.Type switch
    {
        var t when t == typeof(string) => "string",
        var t when t == typeof(bool) => "boolean",
        var t when t == typeof(int) => "int32",
        var t when t == typeof(uint) => "uint32",
        var t when t == typeof(long) => "int64",
        var t when t == typeof(double) => "double",
        var t => throw new InvalidOperationException($"{column.Name}: no storage for {t}"),
    };
}
