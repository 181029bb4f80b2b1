using System.Collections;

namespace Colocate.Cli.Output;

/// <summary>
/// One object of a command's output: named values in order. Values are text, numbers, truth values, null, lists, or records.
/// </summary>
public sealed class Record : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _fields = [];

    /// <summary>Adds a field.</summary>
    public void Add(string name, object? value) => _fields.Add(new(name, value));

    /// <summary>Adds a field and, where the value is unknown and the reason known, its sibling <c>NAME_reason</c>.</summary>
    public void Add(string name, object? value, string? reason)
    {
        Add(name, value);
        if (value is null && reason is not null)
            Add(name + "_reason", reason);
    }

    /// <summary>Adds the fields of another record after its own.</summary>
    public Record With(Record more)
    {
        _fields.AddRange(more._fields);
        return this;
    }

    /// <summary>True when a field of that name was added.</summary>
    public bool Has(string name) => _fields.Any(f => f.Key == name);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
