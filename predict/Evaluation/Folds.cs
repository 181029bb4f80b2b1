using Colocate.Model.Runs;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Evaluation;

/// <summary>Divisions of measured pairs. Pairs share members, so a random division of pairs would leak; each division says what is unseen.</summary>
internal static class Folds
{
    /// <summary>
    /// Workloads up to which each has an inner fold of its own; above, they are dealt out in turn to <see cref="InnerGroups"/> folds, as K-fold CV+
    /// allows (Barber, Candes, Ramdas and Tibshirani, Annals of Statistics 2021), which bounds the number of fits.
    /// </summary>
    public const int MostSingleWorkloads = 8;

    /// <summary>Pairs above which leave-one-pair-out becomes <see cref="PairGroups"/>-fold over pairs.</summary>
    public const int MostSinglePairs = 60;

    private const int InnerGroups = 5;

    private const int PairGroups = 10;

    /// <summary>Each workload in turn: every pair that contains it is held out.</summary>
    public static IReadOnlyList<Fold> ByWorkload(TrainingSet set) => [.. set.Workloads.Select(w => HoldOut(set, w, p => p.Contains(w)))];

    /// <summary>Each pair in turn; in large sets groups of pairs, dealt out in turn.</summary>
    public static IReadOnlyList<Fold> ByPair(TrainingSet set) =>
    [
        .. Deal(set.Pairs.Select(p => p.Pair), set.Pairs.Count <= MostSinglePairs ? set.Pairs.Count : PairGroups)
            .Select(group => HoldOut(set, string.Join(' ', group), group.Contains)),
    ];

    /// <summary>Leave-one-workload-out inside a training part, in groups of workloads where there are more than <see cref="MostSingleWorkloads"/>.</summary>
    public static IReadOnlyList<Fold> Inner(TrainingSet part) =>
    [
        .. Deal(part.Workloads, part.Profiles.Count <= MostSingleWorkloads ? MostSingleWorkloads : InnerGroups)
            .Select(group => HoldOut(part, string.Join(' ', group), p => group.Contains(p.A) || group.Contains(p.B))),
    ];

    /// <summary>For each inner fold the indices of the pairs it holds out.</summary>
    public static IReadOnlyList<int[]> RowsHeldOut(TrainingSet part)
    {
        Dictionary<WorkloadPair, int> rows = part.Pairs.Select((p, i) => (p.Pair, i)).ToDictionary(r => r.Pair, r => r.i);
        return [.. Inner(part).Select(f => f.Test.Select(p => rows[p.Pair]).ToArray())];
    }

    private static Fold HoldOut(TrainingSet set, string name, Func<WorkloadPair, bool> heldOut) =>
        new(name, set.Without(heldOut), [.. set.Pairs.Where(p => heldOut(p.Pair))]);

    private static IEnumerable<HashSet<T>> Deal<T>(IEnumerable<T> items, int groups) =>
        items.Select((item, i) => (item, group: i % groups)).GroupBy(x => x.group, x => x.item).Select(g => g.ToHashSet());
}
