namespace Colocate.Model.Runs;

/// <summary>One run of a lab as its <c>run.json</c> describes it. Made by <see cref="ManifestReader"/>, which validates every field.</summary>
public sealed record RunManifest
{
    /// <summary>Id of the run, unique in its lab: letters, digits, <c>.</c>, <c>_</c>, <c>-</c>.</summary>
    public required string Run { get; init; }

    /// <summary>Runs taken in one stretch of time share a campaign; base cases are those of the same one.</summary>
    public required string Campaign { get; init; }

    /// <summary>What the run was made for.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>The kind as the manifest spells it.</summary>
    public required string KindDeclared { get; init; }

    /// <summary>The physical host and its hypervisor.</summary>
    public required HostSpec Host { get; init; }

    /// <summary>Nominal load as a fraction of saturation (1 = saturated); null when the run has no such notion.</summary>
    public double? RateFraction { get; init; }

    /// <summary>Wall-clock start; null when not recorded.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Wall-clock end; null when not recorded.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Seconds for which clients offered load; null when nothing was loaded or not recorded.</summary>
    public double? LoadS { get; init; }

    /// <summary>The xentrace binary; null where none was kept.</summary>
    public TraceSpec? Trace { get; init; }

    /// <summary>The xentop log; null where none was kept.</summary>
    public XentopSpec? Xentop { get; init; }

    /// <summary>The logs of XenMon, one a domain, relative to the manifest; empty where none were kept.</summary>
    public IReadOnlyList<string> XenmonFiles { get; init; } = [];

    /// <summary>The domains of the host, Domain-0 among them; at least one.</summary>
    public required IReadOnlyList<DomainSpec> Domains { get; init; }

    /// <summary>Free text.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Guests that clients loaded, in manifest order.</summary>
    public IEnumerable<DomainSpec> LoadedGuests => Domains.Where(d => d.IsLoaded);
}
