using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Clients;

/// <summary>The figures that a client's report has shown so far, by name, each with the line it stood in. A later one replaces an earlier one.</summary>
internal sealed class ReportFigures
{
    /// <summary>Counts beyond it are not exact in a double, and no client ever counted so far.</summary>
    private const double MaxCount = 1L << 53;

    private readonly Dictionary<string, (double Value, long Line)> _figures = [];

    internal void Set(string name, double value, long line) => _figures[name] = (value, line);

    /// <summary>The figure as printed; not a number when it was not.</summary>
    internal double Value(string name) => _figures.TryGetValue(name, out (double Value, long Line) figure) ? figure.Value : double.NaN;

    /// <summary>The figure; null when it was not printed, or as no finite number.</summary>
    internal double? Number(string name) => Value(name) is var value && double.IsFinite(value) ? value : null;

    /// <summary>True when the figure is a whole number from 0 on.</summary>
    internal bool IsCount(string name) => Value(name) is >= 0 and <= MaxCount and var value && value == Math.Truncate(value);

    /// <summary>The figure as a count; null when it is none.</summary>
    internal long? Count(string name) => IsCount(name) ? (long)Value(name) : null;

    /// <summary>Finds every figure that is no number, in the order of the report.</summary>
    internal void FindNan(DiagnosticKind kind, FindingLog findings)
    {
        foreach ((string name, (double value, long line)) in _figures.OrderBy(f => f.Value.Line))
        {
            if (!double.IsFinite(value))
                findings.Add(kind, line, detail: name);
        }
    }
}
