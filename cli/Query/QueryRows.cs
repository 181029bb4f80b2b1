using System.Collections;
using System.Globalization;
using System.Numerics;
using Colocate.Cli.Output;
using Colocate.Model.Errors;
using DuckDB.NET.Data;

namespace Colocate.Cli.Query;

/// <summary>The rows of a query, one at a time, in values that records hold: text, truth values, int, long, double, null, lists and records.</summary>
internal sealed class QueryRows : IDisposable
{
    private readonly DuckDBCommand _command;
    private readonly DuckDBDataReader _reader;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _cancellation;

    internal QueryRows(DuckDBConnection connection, string sql, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        _command.UseStreamingMode = true;
        _registration = cancellation.Register(_command.Cancel);
        _reader = _command.ExecuteReader();
        Columns = Unique(Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetName));
    }

    /// <summary>Names of the columns, each once.</summary>
    internal IReadOnlyList<string> Columns { get; }

    /// <summary>The rows.</summary>
    /// <exception cref="RequestException">The query fails on its way.</exception>
    internal IEnumerable<object?[]> Read()
    {
        while (Next())
        {
            var row = new object?[Columns.Count];
            for (int i = 0; i < row.Length; i++)
                row[i] = _reader.IsDBNull(i) ? null : Value(i);
            yield return row;
        }
    }

    /// <summary>The rows as records.</summary>
    internal IEnumerable<Record> Records() => Read().Select(row =>
    {
        var record = new Record();
        for (int i = 0; i < row.Length; i++)
            record.Add(Columns[i], row[i]);
        return record;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _reader.Dispose();
        _command.Dispose();
    }

    private bool Next()
    {
        try
        {
            _cancellation.ThrowIfCancellationRequested();
            return _reader.Read();
        }
        catch (DuckDBException e)
        {
            _cancellation.ThrowIfCancellationRequested();
            throw LakeDatabase.Refused(e);
        }
    }

    private object? Value(int column)
    {
        try
        {
            return Plain(_reader.GetValue(column));
        }
        catch (InvalidCastException)
        {
            // The library reads lists into arrays of plain numbers, which have no place for unknown ones.
            throw new RequestException(ExitCode.WrongUse, $"The column '{Columns[column]}' holds a list with unknown values, which cannot be read as one", $"ask for to_json({Columns[column]}), or unnest it");
        }
    }

    /// <summary>Two columns of one name would be one field.</summary>
    private static List<string> Unique(IEnumerable<string> names)
    {
        var unique = new List<string>();
        foreach (string name in names)
        {
            string candidate = name;
            for (int i = 1; unique.Contains(candidate); i++)
                candidate = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
            unique.Add(candidate);
        }

        return unique;
    }

    private static object? Plain(object? value) => value switch
    {
        null or DBNull => null,
        string or bool or int or long => value,
        double number => double.IsFinite(number) ? number : null,
        float number => float.IsFinite(number) ? (double)number : null,
        sbyte or short or byte or ushort => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        uint number => (long)number,
        ulong number => number <= long.MaxValue ? (long)number : (object)number.ToString(CultureInfo.InvariantCulture),
        BigInteger number => number >= long.MinValue && number <= long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),
        decimal number => (double)number,
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        IDictionary fields => RecordOf(fields),
        IEnumerable list => list.Cast<object?>().Select(Plain).ToList(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static Record RecordOf(IDictionary fields)
    {
        var record = new Record();
        foreach (DictionaryEntry field in fields)
            record.Add(Convert.ToString(field.Key, CultureInfo.InvariantCulture) ?? "", Plain(field.Value));
        return record;
    }
}
