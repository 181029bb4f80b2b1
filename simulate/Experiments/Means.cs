using System.Reflection;

namespace Colocate.Simulate.Experiments;

/// <summary>Means of table rows, column by column: every number is the mean over the rows where it is known, everything else is that of the first row.</summary>
internal static class Means
{
    internal static TRow Of<TRow>(IEnumerable<TRow> rows)
        where TRow : class, new()
    {
        TRow[] all = [.. rows];
        var mean = new TRow();
        foreach (PropertyInfo column in typeof(TRow).GetProperties().Where(p => p.CanWrite))
            column.SetValue(mean, column.PropertyType == typeof(double?) ? all.Select(r => (double?)column.GetValue(r)).Average() : column.GetValue(all[0]));
        return mean;
    }
}
