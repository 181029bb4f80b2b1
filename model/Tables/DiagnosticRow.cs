using Colocate.Model.Diagnostics;

namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One kind of finding in one input file of a run.</summary>
[Table("diagnostics", "One kind of finding in one input file of a run.")]
public sealed record DiagnosticRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Path, "Input file, relative to the lab folder.", NullMeans = "concerns the whole run")]
    public string? File { get; init; }

    [Column(Unit.Id, "Diagnostic code; `colocate formats` explains each.")]
    public string Code { get; init; } = "";

    [Column(Unit.Name, "information, warning, data_loss or error.")]
    public string Severity { get; init; } = "";

    [Column(Unit.Count, "Occurrences.")]
    public long Count { get; init; }

    [Column(Unit.Bytes, "Byte offset in the decoded file, or line number of a text, of the first occurrence.", NullMeans = "no single place")]
    public long? FirstOffset { get; init; }

    [Column(Unit.Index, "Physical cpu of the first occurrence.", NullMeans = "not tied to a pcpu")]
    public int? Pcpu { get; init; }

    [Column(Unit.Text, "What was found.")]
    public string Sentence { get; init; } = "";

    [Column(Unit.Text, "With which values.", NullMeans = "the sentence says it all")]
    public string? Detail { get; init; }

    [Column(Unit.Text, "What to do about it.")]
    public string Remedy { get; init; } = "";

    /// <summary>The row of a finding in a run.</summary>
    public static DiagnosticRow Of(string run, string campaign, Finding finding) => new()
    {
        Run = run,
        Campaign = campaign,
        File = finding.File,
        Code = finding.Kind.Code,
        Severity = finding.Kind.SeverityName,
        Count = finding.Count,
        FirstOffset = finding.FirstOffset,
        Pcpu = finding.Pcpu,
        Sentence = finding.Kind.Sentence,
        Detail = finding.Detail,
        Remedy = finding.Kind.Remedy,
    };
}
