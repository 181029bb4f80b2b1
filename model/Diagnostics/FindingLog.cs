using System.Collections.Concurrent;

namespace Colocate.Model.Diagnostics;

/// <summary>
/// Collects findings of one input, one entry a kind and pcpu: a damaged trace yields a few counted lines, never a million.
/// Thread safe; entries depend on the order of additions only where two threads add the same kind for the same pcpu.
/// </summary>
/// <param name="file">Path of the input relative to the lab folder; null for findings about the whole run.</param>
public sealed class FindingLog(string? file)
{
    private readonly ConcurrentDictionary<(string Code, int? Pcpu), Finding> _findings = [];

    /// <summary>True when at least one finding has the severity <see cref="Severity.DataLoss"/>.</summary>
    public bool HasDataLoss => _findings.Values.Any(f => f.Kind.Severity == Severity.DataLoss);

    /// <summary>True when at least one finding has the severity <see cref="Severity.Error"/>.</summary>
    public bool HasError => _findings.Values.Any(f => f.Kind.Severity == Severity.Error);

    /// <summary>Counts one occurrence (or <paramref name="count"/> of them); place and detail of the first one are kept.</summary>
    public void Add(DiagnosticKind kind, long? offset = null, int? pcpu = null, string? detail = null, long count = 1)
    {
        _findings.AddOrUpdate(
            (kind.Code, pcpu), static (_, added) => added, static (_, known, added) => known with { Count = known.Count + added.Count }, new Finding(kind, file, count, offset, pcpu, detail));
    }

    /// <summary>Counts what another log holds as well.</summary>
    public void Add(FindingLog other)
    {
        foreach (Finding finding in other._findings.Values)
            Add(finding.Kind, finding.FirstOffset, finding.Pcpu, finding.Detail, finding.Count);
    }

    /// <summary>The findings, ordered by code, then pcpu.</summary>
    public IReadOnlyList<Finding> ToList() =>
        [.. _findings.Values.OrderBy(f => f.Kind.Code, StringComparer.Ordinal).ThenBy(f => f.Pcpu ?? -1)];
}
