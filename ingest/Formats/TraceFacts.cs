namespace Colocate.Ingest.Formats;

/// <summary>What a trace says of the host it was recorded on.</summary>
public sealed record TraceFacts
{
    /// <summary>TSC frequency used, in Hz; null when it could not be determined.</summary>
    public double? TscHz { get; init; }

    /// <summary>Where <see cref="TscHz"/> comes from (option, manifest or calibrated); null when unknown.</summary>
    public string? TscHzSource { get; init; }

    /// <summary>Oldest release of the hypervisor that may have written it; null when no record shows one.</summary>
    public Version? XenMin { get; init; }

    /// <summary>Newest such release; null when no record shows one.</summary>
    public Version? XenMax { get; init; }
}
