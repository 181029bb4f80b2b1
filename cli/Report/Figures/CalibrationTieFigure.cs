using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>Combinations of parameters by how much the runs say of them, and pairs that move together.</summary>
public sealed class CalibrationTieFigure : IFigure
{
    /// <summary>Component of a unit vector from which on a parameter belongs to a combination; about that of one among ten equals.</summary>
    private const double Belongs = 0.3;

    /// <summary>Correlation from which on two parameters cannot be told apart.</summary>
    private const double Tied = 0.9;

    /// <summary>Combinations of which the finding speaks.</summary>
    private const int Weakest = 3;

    /// <inheritdoc/>
    public string Id => "calibration-ties";

    /// <inheritdoc/>
    public string Question => "Which parameters do the runs not tell apart?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<CalibrationEigenRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        CalibrationEigenRow[][] directions = [.. tables.CalibrationEigen.GroupBy(r => r.Direction).OrderBy(d => d.Key).Select(d => d.ToArray())];
        if (directions.Length == 0)
            return new Drawing("No calibration in the lake looked for what its runs do not tell; `run` and `calibrate` do with --bands.");
        int open = directions.Count(d => d[0].Eigenvalue < 1);
        (string A, string B, double R)[] tied = [.. Correlations(directions).Where(c => Math.Abs(c.R) > Tied)];
        string finding = $"Of {Show.Count(directions.Length, "combination")} of parameters the runs say less than the prior of {open}. They say least of "
            + string.Join("; of ", directions.Take(Weakest).Select(d => $"{Named(d)} ({Show.Value(d[0].Eigenvalue)} times the prior)")) + ". "
            + (tied.Length == 0
                ? $"No two parameters move together with a correlation beyond {Show.Number(Tied)} either way."
                : "Tied to each other: " + string.Join(", ", tied.Select(t => $"{t.A} with {t.B} ({Show.Number(t.R)})")) + ".");
        return new Drawing(finding)
        {
            Verdict = open == 0 && tied.Length == 0 ? Verdict.Yes : Verdict.WithCare,
            Numbers = NumberTable.Of(directions,
            [
                new("direction", "Combination", NumberFormat.Count, d => d[0].Direction),
                new("eigenvalue", "What the runs say, prior = 1", NumberFormat.Value, d => d[0].Eigenvalue),
                new("parameters", "Parameters, part of each", NumberFormat.Prose, d => Named(d)),
            ], d => d[0].Eigenvalue < 1),
        };
    }

    private static string Named(CalibrationEigenRow[] direction) => string.Join(", ", direction.Where(r => Math.Abs(r.Loading) > Belongs)
        .OrderByDescending(r => Math.Abs(r.Loading)).Select(r => $"{r.Parameter} {Show.Difference(r.Loading)}"));

    /// <summary>Correlations of the posterior whose precision has these eigenvectors, the prior adding 1 to every eigenvalue.</summary>
    private static IEnumerable<(string A, string B, double R)> Correlations(CalibrationEigenRow[][] directions)
    {
        string[] names = [.. directions[0].Select(r => r.Parameter)];
        for (int a = 0; a < names.Length; a++)
        {
            for (int b = a + 1; b < names.Length; b++)
                yield return (names[a], names[b], Covariance(a, b) / Math.Sqrt(Covariance(a, a) * Covariance(b, b)));
        }

        double Covariance(int a, int b) => directions.Sum(d => d[a].Loading * d[b].Loading / (d[0].Eigenvalue + 1));
    }
}
