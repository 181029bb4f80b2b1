using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Errors of every trainer and baseline on held-out pairs, one block per protocol.</summary>
public sealed class EvaluationFigure : IFigure
{
    /// <inheritdoc/>
    public string Id => "evaluation";

    /// <inheritdoc/>
    public string Question => "Does the predictor beat simple rules?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<EvaluationRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        if (tables.Evaluations.Count == 0)
            return new Drawing("No predictor was evaluated, so nothing is known of its errors.");
        List<EvaluationRow> rows =
        [
            .. tables.Evaluations.OrderBy(e => Protocol.Order(e.Protocol)).ThenBy(e => e.Protocol, StringComparer.Ordinal)
                .ThenBy(e => e.Model == "auto" ? 0 : e.ModelKind == "trainer" ? 1 : 2).ThenBy(e => e.Mae).ThenBy(e => e.Model, StringComparer.Ordinal),
        ];
        return Judge(rows) with
        {
            Numbers = NumberTable.Of<EvaluationRow>(rows,
            [
                new("protocol", "Held out", NumberFormat.Text, e => e.Protocol),
                new("model", "Model", NumberFormat.Text, e => e.Model),
                new("kind", "Kind", NumberFormat.Text, e => e.ModelKind),
                new("n", "n", NumberFormat.Count, e => e.N),
                new("mae", "MAE", NumberFormat.Score, e => e.Mae),
                new("mape_fraction", "MAPE", NumberFormat.Percent, e => e.Mape),
                new("rmse", "RMSE", NumberFormat.Score, e => e.Rmse),
                new("spearman", "Spearman", NumberFormat.Rate, e => e.Spearman),
                new("regret_mean", "Regret", NumberFormat.Score, e => e.RegretMean),
                new("coverage_fraction", "Coverage", NumberFormat.Percent, e => e.Coverage),
                new("level_fraction", "of nominal", NumberFormat.Percent, e => e.Level),
                new("width", "Width", NumberFormat.Score, e => e.Width),
            ], e => e.Model == "auto"),
        };
    }

    private static Drawing Judge(List<EvaluationRow> rows)
    {
        var duels = rows.GroupBy(e => e.Protocol)
            .Select(g => (Protocol: g.Key, Auto: g.FirstOrDefault(e => e.Model == "auto"), Rival: g.Where(e => e.ModelKind == "baseline").MinBy(e => e.Mae)))
            .Where(d => d.Auto is not null && d.Rival is not null).ToList();
        if (duels.Count == 0)
            return new Drawing("There is no row 'auto' beside a baseline, so the question stays open; single models are listed below.");
        int won = duels.Count(d => d.Auto!.Mae < d.Rival!.Mae);
        IEnumerable<string> sentences = duels.Select(d =>
            $"with {Protocol.HeldOut(d.Protocol)} held out, auto errs by {Show.Fine(d.Auto!.Mae)} on average "
            + $"and the best baseline ({d.Rival!.Model}) by {Show.Fine(d.Rival.Mae)}");
        string finding = string.Join("; ", sentences);
        return new Drawing($"{char.ToUpperInvariant(finding[0])}{finding[1..]}. "
            + "The highlighted row, auto, is what training chooses without seeing the held-out pairs: it alone counts. Errors are of the combined score.")
        {
            Verdict = won == duels.Count ? Verdict.Yes : won > 0 ? Verdict.WithCare : Verdict.No,
        };
    }
}
