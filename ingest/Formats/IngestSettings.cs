namespace Colocate.Ingest.Formats;

/// <summary>Settings that change what ingest computes; they are part of a run's fingerprint.</summary>
public sealed record IngestSettings
{
    /// <summary>Bytes of trace records that may be held back to merge pcpus by time.</summary>
    public const long DefaultMaxHeldBytes = 128L << 20;

    /// <summary>TSC frequency in Hz to use for every trace, whatever the manifest says; null to use manifest or self-calibration.</summary>
    public double? TscHz { get; init; }

    /// <summary>Cycles by which clocks of pcpus are behind, by pcpu: added to their times when run states are merged. Pcpus that are not named keep theirs.</summary>
    public IReadOnlyDictionary<int, ulong> TscBehind { get; init; } = new Dictionary<int, ulong>();

    /// <summary>How metrics of traces come about.</summary>
    public MetricMethod Method { get; init; }

    /// <summary>Bound on memory for merging. Beyond it records are released early and XT-REORDER is counted.</summary>
    public long MaxHeldBytes { get; init; } = DefaultMaxHeldBytes;

    /// <summary>Id of a format to use for every file, whatever its content; null to recognise by content.</summary>
    public string? InputFormat { get; init; }

    /// <summary>How traces of guests are read in a process of their own; null to read them in this one.</summary>
    public GuestTraceFence? GuestTraceFence { get; init; }

    /// <summary>Records of traces that become rows of the table <c>events</c>; null for none.</summary>
    public EventSelection? Events { get; init; }
}
