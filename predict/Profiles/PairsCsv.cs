using System.Globalization;
using System.Text;
using Colocate.Model.Csv;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Predict.Profiles;

/// <summary>
/// <c>pairs.csv</c>: header <c>workload_a,workload_b,score_a,score_b</c>, score = throughput together / throughput alone.
/// Optional columns: <c>repeats</c> is the weight, <c>reply_ms_a</c> and <c>reply_ms_b</c> are reply times together, empty where unknown. Both orders of a pair are one pair; rows of one pair are its repeats and are averaged by weight,
/// however far apart. A row with neither score was not measured and is passed over.
/// </summary>
public static class PairsCsv
{
    private const string A = "workload_a", B = "workload_b", ScoreA = "score_a", ScoreB = "score_b", Repeats = "repeats", ReplyA = "reply_ms_a", ReplyB = "reply_ms_b";

    /// <summary>Highest score that is believed: beside another workload none does twice what it does alone. Per cent and throughputs lie above.</summary>
    private const double MostScore = 2;

    /// <summary>Reads pairs; numbers are culture-invariant, other columns are passed over.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What errors call it, usually the path.</param>
    /// <param name="known">The workloads with solo figures, to refuse the line of any other; null to take all.</param>
    /// <exception cref="RequestException">
    /// Wrong use, with the line: a missing column, one score without the other, a score below 0 or above 2, a workload that is not known or named <c>idle</c>.
    /// </exception>
    public static IReadOnlyList<MeasuredPair> Read(TextReader reader, string name, IReadOnlySet<string>? known = null)
    {
        CsvTable table = CsvTable.Read(reader, name, A, B, ScoreA, ScoreB);
        var pairs = new List<MeasuredPair>();
        foreach ((int line, string[] fields) in table.Rows)
        {
            string a = table.Text(line, fields, A), b = table.Text(line, fields, B);
            if (DomainSpec.IdleWorkload == a || DomainSpec.IdleWorkload == b)
                throw table.Error(line, "'idle' is reserved for a guest without load", "leave such rows out: their score is 1 by definition");
            if (known is not null && new[] { a, b }.FirstOrDefault(w => !known.Contains(w)) is { } stranger)
                throw table.Error(line, $"nothing is known of the workload '{stranger}' alone", "add its row to the solo figures, or leave its pairs out");
            if (table.Field(fields, ScoreA).Length == 0 && table.Field(fields, ScoreB).Length == 0)
                continue;
            double weight = table.Has(Repeats) ? table.Number(line, fields, Repeats) ?? 1 : 1;
            if (weight <= 0)
                throw table.Error(line, $"'{Repeats}' must be above 0", "leave rows without a measurement out");
            pairs.Add(MeasuredPair.Of(a, b, Score(ScoreA), Score(ScoreB), weight, Reply(ReplyA), Reply(ReplyB)));

            double? Reply(string column) => table.Has(column) && table.Number(line, fields, column) is { } ms
                ? ms > 0 ? ms : throw table.Error(line, $"'{column}' must be above 0", "leave it empty when unknown")
                : null;

            double Score(string column) => table.Number(line, fields, column) switch
            {
                null => throw table.Error(line, $"'{column}' is empty but the other score is not", "give both scores, or leave both empty when the pair was not measured"),
                < 0 => throw table.Error(line, $"'{column}' is below 0", "give throughput together / throughput alone"),
                > MostScore and double score => throw table.Error(
                    line,
                    string.Create(CultureInfo.InvariantCulture, $"'{column}' is {score}, but a score is throughput together / throughput alone and not above {MostScore}"),
                    "divide by the throughput alone, and per cent by 100"),
                double score => score,
            };
        }

        if (pairs.Count == 0)
            throw table.Error(1, "there is no measured pair below the header", "add a row for every measured pair");
        return MeasuredPair.Merge(pairs);
    }

    /// <summary>Writes pairs in canonical form: pair order, round-trip numbers, line feeds.</summary>
    public static string Write(IEnumerable<MeasuredPair> pairs)
    {
        MeasuredPair[] rows = [.. pairs.OrderBy(p => p.Pair)];
        bool replies = rows.Any(p => p.ReplyAMs is not null || p.ReplyBMs is not null);
        var text = new StringBuilder().AppendJoin(',', (string[])[A, B, ScoreA, ScoreB, Repeats, .. replies ? [ReplyA, ReplyB] : Array.Empty<string>()]).Append('\n');
        foreach (MeasuredPair p in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{CsvTable.Quote(p.Pair.A)},{CsvTable.Quote(p.Pair.B)},")
                .Append(CultureInfo.InvariantCulture, $"{p.ScoreA:R},{p.ScoreB:R},{p.Weight:R}");
            if (replies)
                text.Append(CultureInfo.InvariantCulture, $",{p.ReplyAMs:R},{p.ReplyBMs:R}");
            text.Append('\n');
        }

        return text.ToString();
    }
}
