using System.Globalization;
using System.Text;
using Colocate.Model.Csv;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Predict.Profiles;

/// <summary><c>solo.csv</c>: header <c>workload,&lt;feature&gt;,...</c>, one row a workload, an empty field is unknown.</summary>
public static class SoloCsv
{
    private const string Workload = "workload";

    /// <summary>Reads profiles; numbers are culture-invariant. Any numeric column is a feature.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What errors call it, usually the path.</param>
    /// <exception cref="RequestException">Wrong use, with the line: a missing column, a field that is no number, a workload given twice or named <c>idle</c>.</exception>
    public static IReadOnlyList<SoloProfile> Read(TextReader reader, string name)
    {
        CsvTable table = CsvTable.Read(reader, name, Workload);
        var profiles = new List<SoloProfile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int line, string[] fields) in table.Rows)
        {
            string workload = table.Text(line, fields, Workload);
            if (workload == DomainSpec.IdleWorkload)
                throw table.Error(line, "'idle' is reserved for a guest without load", "rename the workload");
            if (!seen.Add(workload))
                throw table.Error(line, $"the workload '{workload}' is given twice", "keep one row a workload");
            profiles.Add(new SoloProfile(workload, table.Header.Where(c => c != Workload)
                .Select(c => KeyValuePair.Create(c, table.Number(line, fields, c))).ToList()));
        }

        if (profiles.Count == 0)
            throw table.Error(1, "there is no workload below the header", "add a row for every workload");
        return [.. profiles.OrderBy(p => p.Workload, WorkloadOrder.Instance)];
    }

    /// <summary>Writes profiles in canonical form: workloads in <see cref="WorkloadOrder"/>, features by name, round-trip numbers, line feeds.</summary>
    public static string Write(IEnumerable<SoloProfile> profiles)
    {
        SoloProfile[] rows = [.. profiles.OrderBy(p => p.Workload, WorkloadOrder.Instance)];
        string[] features = [.. rows.SelectMany(p => p.Features.Keys).Distinct().Order(StringComparer.Ordinal)];
        var text = new StringBuilder().AppendJoin(',', features.Prepend(Workload).Select(CsvTable.Quote)).Append('\n');
        foreach (SoloProfile row in rows)
            text.AppendJoin(',', features.Select(f => Format(row[f])).Prepend(CsvTable.Quote(row.Workload))).Append('\n');
        return text.ToString();
    }

    private static string Format(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
