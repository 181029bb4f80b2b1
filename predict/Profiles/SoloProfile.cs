namespace Colocate.Predict.Profiles;

/// <summary>What is known of one workload running alone, saturated. Nothing measured beside another workload enters it.</summary>
public sealed class SoloProfile
{
    private readonly SortedDictionary<string, double?> _features = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _categories = new(StringComparer.Ordinal);

    /// <summary>Creates the profile. Derived features of <see cref="FeatureCatalogue"/> are added where the caller gives none.</summary>
    /// <param name="workload">Name of the workload, not empty.</param>
    /// <param name="features">Values by feature name; null means unknown. Values must be finite.</param>
    /// <param name="categories">Names by category, for instance of an application or a model; unknown ones are left out.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a name is given twice.</exception>
    public SoloProfile(
        string workload, IEnumerable<KeyValuePair<string, double?>> features, IEnumerable<KeyValuePair<string, string>>? categories = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(workload);
        Workload = workload;
        foreach ((string name, double? value) in features)
        {
            if (value is double v && !double.IsFinite(v))
                throw new ArgumentException($"{workload}: {name} is not finite; unknown is null", nameof(features));
            _features.Add(name, value);
        }

        foreach ((string name, string value) in categories ?? [])
        {
            if (_features.ContainsKey(name))
                throw new ArgumentException($"{workload}: {name} is both a number and a name", nameof(categories));
            _categories.Add(name, value);
        }

        foreach (SoloFeature derived in FeatureCatalogue.All.Where(f => f.Derive is not null && this[f.Name] is null))
        {
            if (derived.Derive!(this) is double value)
                _features[derived.Name] = value;
        }
    }

    /// <summary>Name of the workload.</summary>
    public string Workload { get; }

    /// <summary>Values by feature name, in name order; null means unknown.</summary>
    public IReadOnlyDictionary<string, double?> Features => _features;

    /// <summary>Names by category, in order of category; an unknown one is not there.</summary>
    public IReadOnlyDictionary<string, string> Categories => _categories;

    /// <summary>Value of a feature; null when unknown or never heard of.</summary>
    public double? this[string feature] => _features.GetValueOrDefault(feature);
}
