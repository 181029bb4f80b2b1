using System.Globalization;
using System.Text;
using Colocate.Model.Csv;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Predict.Profiles;

/// <summary>
/// <c>pairs.csv</c>: header <c>workload_a,workload_b,score_a,score_b</c>, score = throughput together / throughput alone.
/// An optional column <c>repeats</c> is the weight. Both orders of a pair are one pair; rows of one pair are its repeats.
/// </summary>
public static class PairsCsv
{
    private const string A = "workload_a", B = "workload_b", ScoreA = "score_a", ScoreB = "score_b", Repeats = "repeats";

    /// <summary>Reads pairs; numbers are culture-invariant, other columns are passed over.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What errors call it, usually the path.</param>
    /// <exception cref="RequestException">Wrong use, with the line: a missing column, a score that is missing or negative, a workload named <c>idle</c>.</exception>
    public static IReadOnlyList<MeasuredPair> Read(TextReader reader, string name)
    {
        CsvTable table = CsvTable.Read(reader, name, A, B, ScoreA, ScoreB);
        var pairs = new List<MeasuredPair>();
        foreach ((int line, string[] fields) in table.Rows)
        {
            string a = table.Text(line, fields, A), b = table.Text(line, fields, B);
            if (DomainSpec.IdleWorkload == a || DomainSpec.IdleWorkload == b)
                throw table.Error(line, "'idle' is reserved for a guest without load", "leave such rows out: their score is 1 by definition");
            double weight = table.Has(Repeats) ? table.Number(line, fields, Repeats) ?? 1 : 1;
            if (weight <= 0)
                throw table.Error(line, $"'{Repeats}' must be above 0", "leave rows without a measurement out");
            pairs.Add(MeasuredPair.Of(a, b, Score(ScoreA), Score(ScoreB), weight));

            double Score(string column) => table.Number(line, fields, column) is double score and >= 0
                ? score
                : throw table.Error(line, $"'{column}' must be a number of at least 0", "leave rows without a measurement out");
        }

        if (pairs.Count == 0)
            throw table.Error(1, "there is no pair below the header", "add a row for every measured pair");
        return MeasuredPair.Merge(pairs);
    }

    /// <summary>Writes pairs in canonical form: pair order, round-trip numbers, line feeds.</summary>
    public static string Write(IEnumerable<MeasuredPair> pairs)
    {
        var text = new StringBuilder().AppendJoin(',', A, B, ScoreA, ScoreB, Repeats).Append('\n');
        foreach (MeasuredPair p in pairs.OrderBy(p => p.Pair))
        {
            text.Append(CultureInfo.InvariantCulture, $"{CsvTable.Quote(p.Pair.A)},{CsvTable.Quote(p.Pair.B)},")
                .Append(CultureInfo.InvariantCulture, $"{p.ScoreA:R},{p.ScoreB:R},{p.Weight:R}\n");
        }

        return text.ToString();
    }
}
