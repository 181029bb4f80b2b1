using System.Text.Json;

namespace Colocate.Predict.Trainers;

/// <summary>The one way in which parts of a model are written as JSON: snake case, indented, line feeds, on every machine the same bytes.</summary>
internal static class SavedJson
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n" };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);

    /// <exception cref="FormatException">The text is the JSON word null.</exception>
    /// <exception cref="JsonException">The text is no such JSON.</exception>
    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, s_options) ?? throw new FormatException($"no {typeof(T).Name}");
}
