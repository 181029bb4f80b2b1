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

    /// <summary>
    /// Pairs of two held-out workloads from which they alone tell how wrong predictions of such are: the fewest among which the usual level of 0.9 has a rank. Errors of pairs of which one
    /// member was learned from are too small.
    /// </summary>
    private const int FewestOfTwo = 10;

    private const int PairGroups = 10;

    private const int TwoGroups = 8;

    /// <summary>Each workload in turn: every pair that contains it is held out.</summary>
    public static IReadOnlyList<Fold> ByWorkload(TrainingSet set) => [.. set.Workloads.Select(w => HoldOut(set, w, p => p.Contains(w)))];

    /// <summary>Each pair in turn; in large sets groups of pairs, dealt out in turn.</summary>
    public static IReadOnlyList<Fold> ByPair(TrainingSet set) =>
    [
        .. Deal(set.Pairs.Select(p => p.Pair), set.Pairs.Count <= MostSinglePairs ? set.Pairs.Count : PairGroups)
            .Select(group => HoldOut(set, string.Join(' ', group), group.Contains)),
    ];

    /// <summary>
    /// Each pair in turn, without any other pair of its members. In large sets workloads are dealt out to groups, and each two groups in turn leave: the
    /// pairs between them are predicted, and those that contain any of their workloads are not learned from.
    /// </summary>
    public static IReadOnlyList<Fold> ByTwo(TrainingSet set)
    {
        if (set.Profiles.Count <= MostSingleWorkloads)
            return [.. set.Pairs.Select(p => p.Pair).Select(two => HoldOut(set, two.ToString(), p => p.Contains(two.A) || p.Contains(two.B), p => p.Equals(two)))];
        HashSet<string>[] groups = [.. Deal(set.Workloads, TwoGroups)];
        return
        [
            .. from i in Enumerable.Range(0, groups.Length)
               from j in Enumerable.Range(i, groups.Length - i)
               select HoldOut(
                   set,
                   i == j ? string.Join(' ', groups[i]) : $"{string.Join(' ', groups[i])} x {string.Join(' ', groups[j])}",
                   p => groups[i].Contains(p.A) || groups[i].Contains(p.B) || groups[j].Contains(p.A) || groups[j].Contains(p.B),
                   p => (groups[i].Contains(p.A) && groups[j].Contains(p.B)) || (groups[j].Contains(p.A) && groups[i].Contains(p.B))),
        ];
    }

    /// <summary>Each family in turn: every pair that contains one of its workloads is held out. None when all workloads are of one family.</summary>
    public static IReadOnlyList<Fold> ByFamily(TrainingSet set)
    {
        Dictionary<string, string> families = Families.Of(set);
        string[] names = [.. families.Values.Distinct().Order(StringComparer.Ordinal)];
        return names.Length < 2 ? [] : [.. names.Select(name => HoldOut(set, name, p => families[p.A] == name || families[p.B] == name))];
    }

    /// <summary>Leave-one-workload-out inside a training part, in groups of workloads where there are more than <see cref="MostSingleWorkloads"/>.</summary>
    public static IReadOnlyList<Fold> Inner(TrainingSet part) =>
    [
        .. Deal(part.Workloads, part.Profiles.Count <= MostSingleWorkloads ? MostSingleWorkloads : InnerGroups)
            .Select(group => HoldOut(part, string.Join(' ', group), p => group.Contains(p.A) || group.Contains(p.B))),
    ];

    /// <summary>Groups of pairs inside a training part.</summary>
    public static IReadOnlyList<Fold> InnerByPair(TrainingSet part) =>
        Usable(part, Deal(part.Pairs.Select(p => p.Pair), InnerGroups).Select(group => HoldOut(part, string.Join(' ', group), group.Contains)));

    /// <summary>
    /// Of what <see cref="Inner"/> holds out, the pairs within a group of workloads: neither member is then learned from. All that it holds out where those are few.
    /// </summary>
    public static IReadOnlyList<Fold> InnerByTwo(TrainingSet part)
    {
        IReadOnlyList<Fold> folds = CrossFit.FoldsOf(part);
        Fold[] within = [.. folds.Select(f => f with { Test = [.. f.Test.Where(p => f.Training.Profile(p.Pair.A) is null && f.Training.Profile(p.Pair.B) is null)] })];
        return within.Sum(f => f.Test.Count) >= FewestOfTwo ? within : folds;
    }

    /// <summary>Leave-one-family-out inside a training part, in groups of families; <see cref="Inner"/> where one family is left.</summary>
    public static IReadOnlyList<Fold> InnerByFamily(TrainingSet part)
    {
        Dictionary<string, string> families = Families.Of(part);
        HashSet<string>[] groups = [.. Deal(families.Values.Distinct().Order(StringComparer.Ordinal), InnerGroups)];
        return Usable(part, groups.Length < 2 ? [] : groups.Select(group => HoldOut(part, string.Join(' ', group), p => group.Contains(families[p.A]) || group.Contains(families[p.B]))));
    }

    /// <summary>For each inner fold the indices of the pairs it holds out.</summary>
    public static IReadOnlyList<int[]> RowsHeldOut(TrainingSet part)
    {
        Dictionary<WorkloadPair, int> rows = part.Pairs.Select((p, i) => (p.Pair, i)).ToDictionary(r => r.Pair, r => r.i);
        return [.. Inner(part).Select(f => f.Test.Select(p => rows[p.Pair]).ToArray())];
    }

    private static IReadOnlyList<Fold> Usable(TrainingSet part, IEnumerable<Fold> folds) =>
        folds.Where(f => f.Training.Pairs.Count > 0).ToArray() is { Length: > 0 } usable ? usable : CrossFit.FoldsOf(part);

    private static Fold HoldOut(TrainingSet set, string name, Func<WorkloadPair, bool> heldOut, Func<WorkloadPair, bool>? tested = null) =>
        new(name, set.Without(heldOut), [.. set.Pairs.Where(p => (tested ?? heldOut)(p.Pair))]);

    private static IEnumerable<HashSet<T>> Deal<T>(IEnumerable<T> items, int groups) =>
        items.Select((item, i) => (item, group: i % groups)).GroupBy(x => x.group, x => x.item).Select(g => g.ToHashSet());
}
