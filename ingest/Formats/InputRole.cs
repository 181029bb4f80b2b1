namespace Colocate.Ingest.Formats;

/// <summary>What the manifest of a run uses an input file for.</summary>
public enum InputRole
{
    /// <summary>Hypervisor trace of the whole host.</summary>
    Trace,

    /// <summary>Periodic per-domain totals of the whole host.</summary>
    Xentop,

    /// <summary>Periodic figures of one domain, as XenMon counts.</summary>
    Xenmon,

    /// <summary>What a load generator reported about one guest.</summary>
    Client,

    /// <summary>Event trace recorded inside one guest.</summary>
    GuestTrace,

    /// <summary>Published tables about several runs, of which each run takes its row.</summary>
    Published,
}
