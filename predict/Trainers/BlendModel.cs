using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Trainers;

/// <summary>A fitted <see cref="BlendTrainer"/>: at least one member.</summary>
internal sealed class BlendModel(IReadOnlyList<BlendMember> members) : ITrainedModel
{
    private readonly string[] _features = [.. members.SelectMany(m => m.Model.PairFeatures).Distinct().Order(StringComparer.Ordinal)];

    public SoloSpace Solo => members[0].Model.Solo;

    public IReadOnlyList<string> PairFeatures => _features;

    public double Combined(PairProfile pair)
    {
        double sum = 0;
        foreach (BlendMember member in members)
            sum += member.Weight * member.Model.Combined(pair);
        return sum;
    }

    /// <summary>The weighted mean of the members' priors; null when one starts from nothing.</summary>
    public double? PriorOf(PairProfile pair)
    {
        double sum = 0;
        foreach (BlendMember member in members)
        {
            if (member.Model.PriorOf(pair) is not double prior)
                return null;
            sum += member.Weight * prior;
        }

        return sum;
    }

    /// <summary>Moves of the members that use the feature, weighted; its value is that in the first of these.</summary>
    public FeatureEffect EffectOf(PairProfile pair, int feature)
    {
        FeatureEffect[] effects =
        [
            .. from member in members
               let place = member.Model.PairFeatures.ToList().IndexOf(_features[feature])
               where place >= 0
               let effect = member.Model.EffectOf(pair, place)
               select effect with { Move = member.Weight * effect.Move },
        ];
        return new FeatureEffect(effects.Sum(e => e.Move), effects[0].Value);
    }

    public string? DefinitionOf(int feature)
    {
        foreach (BlendMember member in members)
        {
            if (member.Model.PairFeatures.ToList().IndexOf(_features[feature]) is >= 0 and int place)
                return member.Model.DefinitionOf(place);
        }

        return null;
    }

    public IReadOnlyDictionary<string, byte[]> Save()
    {
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [BlendTrainer.Entry] = SavedJson.Write(members.Select(m => new SavedMember(m.Trainer.Name, m.Weight)).ToArray()),
        };
        foreach (BlendMember member in members)
        {
            foreach ((string name, byte[] bytes) in member.Model.Save())
                entries.Add(Folder(member.Trainer.Name) + name, bytes);
        }

        return entries;
    }

    public static string Folder(string trainer) => $"{trainer}/";
}
