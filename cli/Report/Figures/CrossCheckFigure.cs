using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Every figure of a run that two sources tell of, held against each other.</summary>
public sealed class CrossCheckFigure : IFigure
{
    private const string Agree = "agree", Disagree = "disagree";

    /// <inheritdoc/>
    public string Id => "cross-checks";

    /// <inheritdoc/>
    public string Question => "Where two sources tell the same figure, do they agree?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<CrossCheckRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        CrossCheckRow[] compared = [.. tables.CrossChecks.Where(c => c.Verdict is Agree or Disagree)];
        if (compared.Length == 0)
            return new Drawing("No figure of any run is told by two sources.");
        int apart = compared.Count(c => c.Verdict == Disagree);
        string finding = $"{Show.Count(compared.Length, "figure")} told by two sources, {compared.Length - apart} within their tolerance; "
            + $"{tables.CrossChecks.Count - compared.Length} with one source only are not shown.";
        return new Drawing(finding)
        {
            Verdict = apart == 0 ? Verdict.Yes : Verdict.WithCare,
            Numbers = NumberTable.Of<CrossCheckRow>(compared.OrderByDescending(c => c.Verdict == Disagree),
            [
                new("run", "Run", NumberFormat.Text, c => c.Run),
                new("domain", "Domain", NumberFormat.Text, c => c.Domain),
                new("quantity", "Figure", NumberFormat.Text, c => c.Quantity),
                new("first_source", "First", NumberFormat.Text, c => c.FirstSource),
                new("first_value", "tells", NumberFormat.Value, c => c.FirstValue),
                new("second_source", "Second", NumberFormat.Text, c => c.SecondSource),
                new("second_value", "tells", NumberFormat.Value, c => c.SecondValue),
                new("difference", "Difference", NumberFormat.Value, c => c.Difference),
                new("tolerance", "Tolerance", NumberFormat.Value, c => c.Tolerance),
                new("tolerance_source", "Because", NumberFormat.Prose, c => c.ToleranceSource),
            ],
            c => c.Verdict == Disagree),
        };
    }
}
