using System.Globalization;
using Colocate.Model.Errors;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;

namespace Colocate.Predict.Models;

/// <summary>Whether a model may be asked about profiles that come from elsewhere.</summary>
internal static class ModelFit
{
    /// <summary>
    /// Share by which a figure may differ from that of the same workload in training, 0..1. Base runs of one host repeat within a few per cent; twice as much or half is another host, load or unit.
    /// </summary>
    private const double Tolerance = 0.5;

    /// <exception cref="RequestException">Wrong use: a column changed its kind, or a workload of the training looks like another one.</exception>
    public static void Check(PredictionModel model, IReadOnlyList<SoloProfile> profiles, string source)
    {
        HashSet<string> numbers = [.. model.Card.Features.Select(f => f.Name)];
        HashSet<string> names = [.. model.Training.Profiles.SelectMany(p => p.Categories.Keys)];
        foreach (SoloProfile profile in profiles)
        {
            if (profile.Categories.Keys.FirstOrDefault(numbers.Contains) is { } text)
                throw Misfit(source, $"'{text}' of '{profile.Workload}' is the name '{profile.Categories[text]}', but the model learned numbers", "write numbers there");
            if (profile.Features.FirstOrDefault(f => f.Value is not null && names.Contains(f.Key)) is { Key: { } number, Value: double given })
                throw Misfit(source, Invariant($"'{number}' of '{profile.Workload}' is the number {given}, but the model learned names"), "write names there");
            if (model.Training.Profile(profile.Workload) is { } trained)
                CheckSame(model, trained, profile, source);
        }
    }

    /// <summary>What of a profile that the model uses lies outside the range of training, or is a name that no workload of the training bears; null when nothing.</summary>
    public static string? Outside(TrainingSet training, SoloSpace space, SoloProfile profile)
    {
        string[] parts =
        [
            .. space.Categories.Select(c => c.Name)
                .Where(c => profile.Categories.TryGetValue(c, out string? name) && !training.Profiles.Any(p => p.Categories.GetValueOrDefault(c) == name))
                .Select(c => $"{c} of {profile.Workload} is {profile.Categories[c]}, which no workload of the training bears"),
            .. space.Columns.Where(c => c.IsOutside(profile[c.Name]))
                .Select(c => Invariant($"{c.Name} of {profile.Workload} is {profile[c.Name]:G6}, in training {c.Low:G6} to {c.High:G6}")),
        ];
        return parts.Length == 0 ? null : string.Join("; ", parts);
    }

    private static void CheckSame(PredictionModel model, SoloProfile trained, SoloProfile given, string source)
    {
        const string Remedy = "train the model on this data, or give the workload another name";
        foreach (CardFeature feature in model.Card.Features)
        {
            if (trained[feature.Name] is double then && given[feature.Name] is double now && Math.Abs(then - now) > Tolerance * Math.Max(Math.Abs(then), Math.Abs(now)))
                throw Misfit(source, Invariant($"'{given.Workload}' has {feature.Name} = {now:G6}, but the model was trained on a workload of that name with {then:G6}"), Remedy);
        }

        foreach ((string category, string then) in trained.Categories)
        {
            if (given.Categories.TryGetValue(category, out string? now) && now != then)
                throw Misfit(source, $"'{given.Workload}' has {category} = '{now}', but the model was trained on a workload of that name with '{then}'", Remedy);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static RequestException Misfit(string source, string why, string remedy) => new(ExitCode.WrongUse, $"the model does not fit {source}: {why}", remedy);
}
