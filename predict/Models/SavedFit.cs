using System.Text.Json.Serialization;
using Colocate.Predict.Features;

namespace Colocate.Predict.Models;

/// <summary>What surrounds a regressor in <c>model.zip</c>: solo columns, and names and standardisation of the pair features.</summary>
internal sealed record SavedFit(
    IReadOnlyList<SoloColumn> Columns,
    IReadOnlyList<string> Features,
    IReadOnlyList<Standardisation> Standards,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? SimulatedAboveBound = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SoloCategory>? Categories = null)
{
    public static SavedFit Of(FeatureSpace space) => Of(space.Solo) with { Features = [.. space.Features.Select(f => f.Name)], Standards = space.Standards };

    /// <summary>Solo columns alone.</summary>
    public static SavedFit Of(SoloSpace solo) => new(solo.Columns, [], [], solo.SimulatedAboveBound, solo.Categories is [] ? null : solo.Categories);

    public SoloSpace RestoreSolo() => new(Columns, Categories ?? [], SimulatedAboveBound);

    public FeatureSpace Restore(Func<SoloSpace, IReadOnlyList<PairFeature>> catalogue)
    {
        SoloSpace solo = RestoreSolo();
        return new FeatureSpace(solo, Pick(catalogue(solo), Features), [.. Standards]);
    }

    /// <summary>The features of those names.</summary>
    /// <exception cref="FormatException">The catalogue has lost one.</exception>
    public static PairFeature[] Pick(IReadOnlyList<PairFeature> catalogue, IEnumerable<string> names) =>
        [.. names.Select(n => catalogue.FirstOrDefault(f => f.Name == n) ?? throw new FormatException($"the pair feature '{n}' is not known"))];
}
