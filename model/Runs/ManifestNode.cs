using System.Globalization;
using System.Text.Json;

namespace Colocate.Model.Runs;

/// <summary>One object of a manifest: reads its fields and reports each broken rule with the field's path.</summary>
internal sealed class ManifestNode(JsonElement element, string path, string folderInLab, List<ManifestProblem> problems)
{
    internal void Report(string field, string what, string remedy) => problems.Add(new(PathOf(field), what, remedy));

    internal ManifestNode? Child(string field)
    {
        if (Find(field) is null)
        {
            Report(field, "the field is missing", "add it");
            return null;
        }

        return OptionalChild(field);
    }

    internal ManifestNode? OptionalChild(string field)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new ManifestNode(value, PathOf(field), folderInLab, problems);
        Report(field, $"expected an object, found {Describe(value)}", "write it as { ... }");
        return null;
    }

    internal IEnumerable<ManifestNode> Items(string field)
    {
        if (Find(field) is not { } list || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            Report(field, "a list with at least one entry is missing", "add it");
            yield break;
        }

        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{field}[{index++}]");
            if (item.ValueKind == JsonValueKind.Object)
                yield return new ManifestNode(item, PathOf(place), folderInLab, problems);
            else
                Report(place, $"expected an object, found {Describe(item)}", "write it as { ... }");
        }
    }

    /// <summary>The entries of a list that may be left out; where it is there, it has at least one.</summary>
    internal IEnumerable<ManifestNode> OptionalItems(string field) => Find(field) is null ? [] : Items(field);

    internal string? Text(string field)
    {
        if (Find(field) is null)
            Report(field, "the field is missing", "add it");
        return OptionalText(field);
    }

    internal string? OptionalText(string field)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 4096 } text)
            return text;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: 0 } && field == "notes")
            return null;
        Report(field, $"expected a text that is not empty, found {Describe(value)}", "write it in quotes");
        return null;
    }

    /// <summary>A text that may become part of a file name: letters, digits, <c>.</c>, <c>_</c>, <c>-</c>; not starting with a dot.</summary>
    internal string Identifier(string field)
    {
        string text = Text(field) ?? "";
        bool plain = text.Length <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
        if (text.Length > 0 && (!plain || text[0] == '.'))
            Report(field, $"'{text}' is not a plain id", "use at most 128 letters, digits, '.', '_' and '-', not starting with '.'");
        return text;
    }

    /// <summary>A path relative to the manifest that stays inside the lab folder, whatever <c>..</c> it holds.</summary>
    internal string File(string field)
    {
        string path = Text(field) ?? "";
        if (path.Length == 0)
            return path;
        string[] parts = [.. folderInLab.Split('/', StringSplitOptions.RemoveEmptyEntries), .. path.Replace('\\', '/').Split('/')];
        int depth = 0;
        bool leaves = Path.IsPathRooted(path) || path.Contains(':', StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal);
        foreach (string part in parts)
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            leaves |= depth < 0;
        }

        if (leaves)
            Report(field, $"the path '{path.Replace("\0", "\\0", StringComparison.Ordinal)}' leaves the lab folder", "keep the files of a lab inside its folder and name them relative to run.json");
        return path;
    }

    internal double Number(string field, double minimum, double maximum)
    {
        if (Find(field) is null)
            Report(field, "the field is missing", "add it");
        return OptionalNumber(field, minimum, maximum) ?? 0;
    }

    internal double? OptionalNumber(string field, double minimum, double maximum)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= minimum && number <= maximum)
            return number;
        Report(field, string.Create(CultureInfo.InvariantCulture, $"expected a number from {minimum} to {maximum}, found {Describe(value)}"), "correct the value");
        return null;
    }

    internal int Count(string field, int minimum, int maximum)
    {
        if (Find(field) is null)
            Report(field, "the field is missing", "add it");
        return OptionalCount(field, minimum, maximum) ?? minimum;
    }

    internal int? OptionalCount(string field, int minimum, int maximum)
    {
        double? number = OptionalNumber(field, minimum, maximum);
        if (number != Math.Truncate(number ?? 0) && number is not null)
            Report(field, "expected a whole number", "correct the value");
        return (int?)number;
    }

    internal DateTimeOffset? OptionalTime(string field)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            return time;
        Report(field, $"expected a time, found {Describe(value)}", "write it as 2026-01-31T12:00:00Z");
        return null;
    }

    private JsonElement? Find(string field) =>
        element.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string PathOf(string field) => path.Length == 0 ? field : $"{path}.{field}";

    private static string Describe(JsonElement value)
    {
        string raw = value.GetRawText();
        return raw.Length <= 60 ? raw : raw[..57] + "...";
    }
}
