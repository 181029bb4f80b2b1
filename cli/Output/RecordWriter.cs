using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Colocate.Cli.Output;

/// <summary>Writes records in one of the output formats. Numbers are culture-invariant and round-trip, except in tables for people.</summary>
public static class RecordWriter
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all records.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="format">How; null for a table on a terminal and JSON elsewhere.</param>
    /// <param name="records">What.</param>
    /// <param name="columns">Names of all fields, when they are known beforehand: then rows are written as they come, and no rows still have a header.</param>
    public static void Write(Terminal terminal, OutputFormat? format, IEnumerable<Record> records, IReadOnlyList<string>? columns = null)
    {
        switch (Chosen(terminal, format))
        {
            case OutputFormat.Json:
                foreach (Record record in records)
                    terminal.Out.WriteLine(JsonLine(record));
                break;
            case OutputFormat.Csv:
                WriteCsv(terminal.Out, records, columns);
                break;
            default:
                WriteTable(terminal, [.. records]);
                break;
        }
    }

    /// <summary>A record as one line of JSON.</summary>
    public static string JsonLine(Record record) => Json(record);

    /// <summary>The format that records will be written in.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="format">How; null for a table on a terminal and JSON elsewhere.</param>
    public static OutputFormat Chosen(Terminal terminal, OutputFormat? format) => format ?? (terminal.IsOutInteractive ? OutputFormat.Table : OutputFormat.Json);

    private static string Json(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_json))
            WriteJson(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteJson(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case Record record:
                writer.WriteStartObject();
                foreach ((string name, object? field) in record)
                {
                    writer.WritePropertyName(name);
                    WriteJson(writer, field);
                }

                writer.WriteEndObject();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case System.Collections.IEnumerable list:
                writer.WriteStartArray();
                foreach (object? item in list)
                    WriteJson(writer, item);
                writer.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"no JSON for {value.GetType()}");
        }
    }

    private static void WriteCsv(TextWriter writer, IEnumerable<Record> rows, IReadOnlyList<string>? columns)
    {
        IEnumerable<Record> records = columns is null ? [.. rows] : rows;
        IReadOnlyList<string> names = columns ?? Names(records);
        writer.WriteLine(string.Join(',', names.Select(Quote)));
        foreach (Record record in records)
        {
            var fields = record.ToDictionary(f => f.Key, f => f.Value);
            writer.WriteLine(string.Join(',', names.Select(n => Quote(Plain(fields.GetValueOrDefault(n))))));
        }
    }

    private static void WriteTable(Terminal terminal, List<Record> records)
    {
        if (records.Count == 0)
            return;

        // Reasons are for machines and for one row at a time; a table that shows them all has no room for the numbers.
        string[] names = [.. Names(records).Where(n => !n.EndsWith("_reason", StringComparison.Ordinal))];
        bool[] isText = [.. names.Select(n => !records.Any(r => r.Any(f => f.Key == n && f.Value is double or int or long)))];
        string[] headers = [.. names.Select(ColumnHeader.Of)];
        string[][] cells =
        [
            .. records.Select(record =>
            {
                var fields = record.ToDictionary(f => f.Key, f => f.Value);
                return names.Select(n => VisibleText.Of(ForPeople(n, fields.GetValueOrDefault(n)))).ToArray();
            }),
        ];
        int[] widths = TableFit.Fit([.. names.Select((_, i) => cells.Max(c => Math.Max(headers[i].Length, c[i].Length)))], isText, terminal.Width);
        var table = new Spectre.Console.Table().Border(TableBorder.Simple);
        for (int i = 0; i < widths.Length; i++)
            table.AddColumn(new TableColumn(new Text(TableFit.Cut(headers[i], widths[i]))) { Alignment = isText[i] ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (string[] row in cells)
            table.AddRow(widths.Select((width, i) => new Text(TableFit.Cut(row[i], width))));

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(terminal.Out), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No,
        });
        console.Profile.Width = Math.Max(terminal.Width, widths.Sum() + (4 * widths.Length));
        console.Write(table);
        if (widths.Length < names.Length)
            terminal.Error.WriteLine($"Columns that do not fit: {string.Join(", ", names.Skip(widths.Length))}. A wider terminal shows them, and so does --format csv.");
    }

    private static string[] Names(IEnumerable<Record> records) => [.. records.SelectMany(r => r.Select(f => f.Key)).Distinct()];

    private static string Plain(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Json(value),
    };

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string ForPeople(string name, object? value) => value switch
    {
        null => "-",
        double number when ColumnHeader.IsPerCent(name) => (100 * number).ToString("F1", CultureInfo.InvariantCulture),
        double number => Significant(number),
        Record record => string.Join(" ", record.Select(f => ForPeople(f.Key, f.Value))),
        string text => text,
        System.Collections.IEnumerable list => string.Join(", ", list.Cast<object?>().Select(v => ForPeople(name, v))),
        _ => Plain(value),
    };

    /// <summary>Four significant digits; whole numbers from 10 000 on.</summary>
    private static string Significant(double number) =>
        Math.Abs(number) >= 10_000 ? number.ToString("F0", CultureInfo.InvariantCulture) : number.ToString("G4", CultureInfo.InvariantCulture);
}
