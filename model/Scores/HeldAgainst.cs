using Colocate.Model.Tables;

namespace Colocate.Model.Scores;

/// <summary>
/// Which base case a run is held against: that of its own campaign, because machines drift between campaigns; where the campaign did
/// not run the workload alone, that of the latest campaign before it that did.
/// </summary>
internal sealed class HeldAgainst
{
    private readonly Dictionary<(string Campaign, string Workload), BaseCaseRow> _bases;
    private readonly List<string> _campaigns;

    internal HeldAgainst(IEnumerable<RunRow> runs, IEnumerable<BaseCaseRow> bases)
    {
        _bases = bases.ToDictionary(b => (b.Campaign, b.Workload));

        // By first start; campaigns without times by name, after all others.
        _campaigns =
        [
            .. runs.GroupBy(r => r.Campaign)
                .OrderBy(g => g.Min(r => r.StartUtc) ?? "~", StringComparer.Ordinal).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => g.Key),
        ];
    }

    internal BaseCaseRow? Find(string campaign, string workload)
    {
        for (int i = _campaigns.IndexOf(campaign); i >= 0; i--)
        {
            if (_bases.TryGetValue((_campaigns[i], workload), out BaseCaseRow? found))
                return found;
        }

        return null;
    }
}
