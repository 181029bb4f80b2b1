using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>What reading the inputs found, one line per kind of finding, the gravest first.</summary>
public sealed class DiagnosticsFigure : IFigure
{
    private static readonly string[] s_gravest = ["error", "data_loss", "warning", "information"];

    /// <inheritdoc/>
    public string Id => "diagnostics";

    /// <inheritdoc/>
    public string Question => "Were all files read without complaint?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<DiagnosticRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        if (tables.Diagnostics.Count == 0)
            return new Drawing("Every byte of every file was understood, and no check complained.") { Verdict = Verdict.Yes };
        List<IGrouping<(string Code, string Severity), DiagnosticRow>> kinds =
        [
            .. tables.Diagnostics.GroupBy(d => (d.Code, d.Severity))
                .OrderBy(g => Array.IndexOf(s_gravest, g.Key.Severity)).ThenBy(g => g.Key.Code, StringComparer.Ordinal),
        ];
        bool isComplaint = kinds.Any(g => g.Key.Severity is "error" or "data_loss" or "warning");
        var counts = s_gravest
            .Select(s => (Severity: s.Replace('_', ' '), Count: kinds.Count(g => g.Key.Severity == s)))
            .Where(s => s.Count > 0)
            .Select(s => $"{s.Count} of severity {s.Severity}");
        return new Drawing($"{Show.Count(kinds.Count, "kind")} of finding: {string.Join(", ", counts)}.")
        {
            Verdict = isComplaint ? Verdict.WithCare : Verdict.Yes,
            Numbers = NumberTable.Of<IGrouping<(string Code, string Severity), DiagnosticRow>>(kinds,
            [
                new("code", "Code", NumberFormat.Text, g => g.Key.Code),
                new("severity", "Severity", NumberFormat.Mark, g => g.Key.Severity),
                new("occurrences", "Count", NumberFormat.Count, g => g.Sum(d => d.Count)),
                new("runs", "Runs", NumberFormat.Count, g => g.Select(d => d.Run).Distinct().Count()),
                new("sentence", "What was found", NumberFormat.Prose, g => g.First().Sentence),
                new("remedy", "What to do", NumberFormat.Prose, g => g.First().Remedy),
                new("example", "For example", NumberFormat.Prose, g => Example(g.First())),
            ]),
        };
    }

    private static string Example(DiagnosticRow first) => string.Join(": ", new[] { first.File ?? first.Run, first.Detail }.OfType<string>());
}
