namespace Colocate.Predict.Profiles;

/// <summary>What is known of one workload running alone, saturated. Nothing measured beside another workload enters it.</summary>
public sealed class SoloProfile
{
    private readonly SortedDictionary<string, double?> _features = new(StringComparer.Ordinal);

    /// <summary>Creates the profile. Derived features of <see cref="FeatureCatalogue"/> are added where the caller gives none.</summary>
    /// <param name="workload">Name of the workload, not empty.</param>
    /// <param name="features">Values by feature name; null means unknown. Values must be finite.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a name is given twice.</exception>
    public SoloProfile(string workload, IEnumerable<KeyValuePair<string, double?>> features)
    {
        ArgumentException.ThrowIfNullOrEmpty(workload);
        Workload = workload;
        foreach ((string name, double? value) in features)
        {
            if (value is double v && !double.IsFinite(v))
                throw new ArgumentException($"{workload}: {name} is not finite; unknown is null", nameof(features));
            _features.Add(name, value);
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

    /// <summary>Value of a feature; null when unknown or never heard of.</summary>
    public double? this[string feature] => _features.GetValueOrDefault(feature);
}
