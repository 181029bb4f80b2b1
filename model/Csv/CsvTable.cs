using System.Globalization;
using System.Text;
using Colocate.Model.Errors;

namespace Colocate.Model.Csv;

/// <summary>A small comma-separated table (RFC 4180, without line breaks inside fields) whose errors name file and line.</summary>
public sealed class CsvTable
{
    private readonly string _name;
    private readonly List<(int Line, string[] Fields)> _rows = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private CsvTable(string name, IReadOnlyList<string> header)
    {
        _name = name;
        Header = header;
        for (int i = 0; i < header.Count; i++)
        {
            if (header[i].Length == 0)
                throw Error(1, $"column {i + 1} has no name", "name every column in the first line");
            if (!_columns.TryAdd(header[i], i))
                throw Error(1, $"the column '{header[i]}' is given twice", "keep one of them");
        }
    }

    /// <summary>Names of the columns, each once.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The rows with their line in the file, 1-based; each has a field for every column.</summary>
    public IReadOnlyList<(int Line, string[] Fields)> Rows => _rows;

    /// <summary>Reads the whole table; blank lines are passed over.</summary>
    /// <param name="reader">The table, its header first.</param>
    /// <param name="name">What errors call it, usually the path.</param>
    /// <param name="required">Columns that must be there.</param>
    /// <exception cref="RequestException">Wrong use: a required column is missing, or a line does not fit the header.</exception>
    public static CsvTable Read(TextReader reader, string name, params string[] required)
    {
        string first = reader.ReadLine()?.TrimStart('\uFEFF') ?? "";
        var table = new CsvTable(name, Split(first) ?? throw Error(name, 1, "a quotation mark is not closed", "close it"));
        foreach (string column in required.Where(c => !table._columns.ContainsKey(c)))
            throw table.Error(1, $"there is no column '{column}'", first.AsSpan().IndexOfAny(';', '\t') >= 0 && !first.Contains(',', StringComparison.Ordinal)
                ? "separate columns by commas, and write numbers with a decimal point"
                : $"the first line must be {string.Join(',', required)},...");
        int line = 1;
        while (reader.ReadLine() is string text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            string[] fields = Split(text) ?? throw table.Error(line, "a quotation mark is not closed", "close it; a field cannot span lines");
            if (fields.Length != table.Header.Count)
            {
                throw table.Error(
                    line, $"{fields.Length} fields, but the header has {table.Header.Count}", "give every column a field; leave it empty when unknown");
            }

            table._rows.Add((line, fields));
        }

        return table;
    }

    /// <summary>True when there is a column of that name.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Text of a field; empty when nothing stands there.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public string Field(string[] fields, string column) => fields[_columns[column]];

    /// <summary>Text of a field that may not be empty.</summary>
    /// <exception cref="RequestException">Wrong use: it is.</exception>
    public string Text(int line, string[] fields, string column) =>
        fields[_columns[column]] is { Length: > 0 } text ? text : throw Error(line, $"'{column}' is empty", "fill it in");

    /// <summary>Number in a field; null when it is empty.</summary>
    /// <exception cref="RequestException">Wrong use: it holds something else.</exception>
    public double? Number(int line, string[] fields, string column)
    {
        string text = fields[_columns[column]];
        if (text.Length == 0)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Error(line, $"'{text}' in column '{column}' is not a number", "write it with a decimal point, or leave it empty when unknown");
    }

    /// <summary>An error that names file and line.</summary>
    public RequestException Error(int line, string what, string remedy) => Error(_name, line, what, remedy);

    /// <summary>A field as it is written: quoted where it must be.</summary>
    public static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"") || text != text.Trim() ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static RequestException Error(string name, int line, string what, string remedy) =>
        new(ExitCode.WrongUse, $"{name}, line {line}: {what}", remedy);

    private static string[]? Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false, wasQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[++i]);
            else if (c == '"' && (quoted || string.IsNullOrWhiteSpace(field.ToString())))
                (quoted, wasQuoted) = (!quoted, true);
            else if (c == ',' && !quoted)
                Finish();
            else
                field.Append(c);
        }

        if (quoted)
            return null;
        Finish();
        return [.. fields];

        void Finish()
        {
            fields.Add(wasQuoted ? field.ToString() : field.ToString().Trim());
            field.Clear();
            wasQuoted = false;
        }
    }
}
