using System.Globalization;
using System.Text;
using Colocate.Model.Csv;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Predict.Profiles;

/// <summary>
/// <c>solo.csv</c>: header <c>workload,&lt;feature&gt;,...</c>, one row a workload, an empty field is unknown. A column that holds names and no
/// number is a category; in every other column each field must be a number or empty. A column without any value says nothing and is dropped.
/// </summary>
public static class SoloCsv
{
    private const string Workload = "workload";

    private static readonly string[] s_notNames = ["nan", "inf", "infinity", "n/a", "null"];

    /// <summary>Reads profiles; numbers are culture-invariant.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What errors call it, usually the path.</param>
    /// <exception cref="RequestException">Wrong use, with the line: a missing column, text in a column of numbers, a workload given twice or named <c>idle</c>.</exception>
    public static IReadOnlyList<SoloProfile> Read(TextReader reader, string name)
    {
        CsvTable table = CsvTable.Read(reader, name, Workload);
        string[] filled = [.. table.Header.Where(c => c != Workload && table.Rows.Any(r => table.Field(r.Fields, c).Length > 0))];
        ILookup<bool, string> isCategory = filled.ToLookup(c => table.Rows.All(r => table.Field(r.Fields, c).Length == 0 || IsName(table.Field(r.Fields, c))));
        var profiles = new List<SoloProfile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int line, string[] fields) in table.Rows)
        {
            string workload = table.Text(line, fields, Workload);
            if (workload == DomainSpec.IdleWorkload)
                throw table.Error(line, "'idle' is reserved for a guest without load", "rename the workload");
            if (!seen.Add(workload))
                throw table.Error(line, $"the workload '{workload}' is given twice", "keep one row a workload");
            profiles.Add(new SoloProfile(
                workload,
                isCategory[false].Select(c => KeyValuePair.Create(c, table.Number(line, fields, c))).ToList(),
                isCategory[true].Select(c => KeyValuePair.Create(c, table.Field(fields, c))).Where(c => c.Value.Length > 0)));
        }

        if (profiles.Count == 0)
            throw table.Error(1, "there is no workload below the header", "add a row for every workload");
        return [.. profiles.OrderBy(p => p.Workload, WorkloadOrder.Instance)];
    }

    /// <summary>Writes profiles in canonical form: workloads in <see cref="WorkloadOrder"/>, features and then categories by name, round-trip numbers, line feeds.</summary>
    public static string Write(IEnumerable<SoloProfile> profiles)
    {
        SoloProfile[] rows = [.. profiles.OrderBy(p => p.Workload, WorkloadOrder.Instance)];
        string[] features = [.. rows.SelectMany(p => p.Features.Keys).Distinct().Order(StringComparer.Ordinal)];
        string[] categories = [.. rows.SelectMany(p => p.Categories.Keys).Distinct().Order(StringComparer.Ordinal)];
        var text = new StringBuilder().AppendJoin(',', features.Concat(categories).Prepend(Workload).Select(CsvTable.Quote)).Append('\n');
        foreach (SoloProfile row in rows)
        {
            text.AppendJoin(',', features.Select(f => Format(row[f])).Concat(categories.Select(c => CsvTable.Quote(row.Categories.GetValueOrDefault(c, ""))))
                .Prepend(CsvTable.Quote(row.Workload))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A name has a letter, is no number and none of the words that stand for a missing one.</summary>
    private static bool IsName(string text) => text.Any(char.IsLetter)
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        && !s_notNames.Contains(text.TrimStart('-', '+'), StringComparer.OrdinalIgnoreCase);

    private static string Format(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
