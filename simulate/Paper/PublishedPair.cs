using System.Globalization;
using Colocate.Model.Csv;
using Colocate.Simulate.Claims;

namespace Colocate.Simulate.Paper;

/// <summary>Two workloads that a publication measured together, both at saturation.</summary>
/// <param name="Together">Which.</param>
/// <param name="ThroughputPerS">Replies of the first per second.</param>
/// <param name="OtherThroughputPerS">Replies of the second per second.</param>
public sealed record PublishedPair(ClaimExperiment Together, double ThroughputPerS, double OtherThroughputPerS)
{
    /// <summary>What it is called: sizes in KB, for instance <c>1+100</c>.</summary>
    public string Name => NameOf(Together);

    /// <summary>What a pair is called: sizes in KB, for instance <c>1+100</c>.</summary>
    public static string NameOf(ClaimExperiment pair) => FormattableString.Invariant($"{pair.WorkloadKb}+{pair.OtherKb}");

    /// <summary>Reads pairs in the form of <c>samples/paper/pairs.csv</c>.</summary>
    /// <exception cref="FormatException">The table lacks a column, or a field is no number.</exception>
    public static IReadOnlyList<PublishedPair> ReadAll(TextReader reader)
    {
        CsvTable table = CsvTable.Read(reader, "pairs.csv");
        return
        [
            .. table.Rows.Select(row => new PublishedPair(
                ClaimExperiment.Pair(int.Parse(table.Field(row.Fields, "workload_a_kb"), CultureInfo.InvariantCulture), int.Parse(table.Field(row.Fields, "workload_b_kb"), CultureInfo.InvariantCulture)),
                double.Parse(table.Field(row.Fields, "throughput_a_req_s"), CultureInfo.InvariantCulture),
                double.Parse(table.Field(row.Fields, "throughput_b_req_s"), CultureInfo.InvariantCulture))),
        ];
    }
}
