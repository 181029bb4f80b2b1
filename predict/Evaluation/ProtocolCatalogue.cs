namespace Colocate.Predict.Evaluation;

/// <summary>Every protocol. Adding one is a line here.</summary>
public static class ProtocolCatalogue
{
    /// <summary>The protocols, easiest first; the second is the main figure.</summary>
    public static IReadOnlyList<Protocol> All { get; } =
    [
        new("pair", "the pair itself; both members were seen beside others", Folds.ByPair) { Calibrate = Folds.InnerByPair },
        new("workload", "one member: every pair that contains it is held out", Folds.ByWorkload),
        new("two", "both members: no pair that contains either is learned from", Folds.ByTwo) { Calibrate = Folds.InnerByTwo, IsFarUnseen = true },
        new("family", "the family of a member, its application or else its scarcest resource: every pair that contains one of it is held out", Folds.ByFamily) { Calibrate = Folds.InnerByFamily, IsFarUnseen = true },
    ];

    /// <summary>The protocol of that name; null when there is none.</summary>
    public static Protocol? Find(string name) => All.FirstOrDefault(p => p.Name == name);
}
