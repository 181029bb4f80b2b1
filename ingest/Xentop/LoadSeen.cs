using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentop;

/// <summary>
/// Reads off a log when its guests were loaded, for manifests that do not say when xentop began: as long as traffic flows to or from a
/// loaded guest. An iteration in which it begins or stops is only partly inside, hence outside.
/// </summary>
internal static class LoadSeen
{
    /// <summary>Share of a guest's median traffic below which an iteration is silent: stray packets are not load.</summary>
    private const double SilentBelow = 0.1;

    /// <summary>First and last iteration inside the load; null when the counters do not tell (no loaded guest with a counted interface).</summary>
    internal static (int First, int Last)? Find(RunManifest run, IReadOnlyList<XentopSampleRow> rows)
    {
        if (rows.Count == 0)
            return null;
        int lastSample = rows[^1].SampleIndex;

        // Nothing loads an idle run: all of it is what it claims to be.
        if (!run.LoadedGuests.Any())
            return run.Kind == RunKind.Idle ? (1, lastSample) : null;
        List<int> active = [.. run.LoadedGuests.SelectMany(g => ActiveIterations(rows, g.Name))];
        if (active.Count == 0)
            return null;
        int first = active.Min(), last = active.Max();
        return (first == 1 ? 1 : first + 1, last == lastSample ? last : last - 1);
    }

    private static IEnumerable<int> ActiveIterations(IReadOnlyList<XentopSampleRow> rows, string guest)
    {
        XentopSampleRow[] own = [.. rows.Where(r => XentopName.Matches(r.Domain, guest) && r.Nets > 0 && r.Occurrence == 0)];
        var traffic = own.Zip(own.Skip(1), (before, after) => (after.SampleIndex, Kib: after.NetTxKib + after.NetRxKib - before.NetTxKib - before.NetRxKib)).Where(t => t.Kib > 0).ToList();
        if (traffic.Count == 0)
            return [];
        double median = traffic.Select(t => t.Kib!.Value).Order().ElementAt(traffic.Count / 2);
        return traffic.Where(t => t.Kib >= SilentBelow * median).Select(t => t.SampleIndex);
    }
}
