namespace Colocate.Simulate.Clients;

/// <summary>The load on one guest.</summary>
public sealed record ClientSettings
{
    /// <summary>When connections are opened, one request each.</summary>
    public required LoadPattern Load { get; init; }

    /// <summary>Seconds without any progress after which a connection is given up; 10 in the lab (httperf --timeout).</summary>
    public double TimeoutS { get; init; } = 10;

    /// <summary>Bytes of content in a reply, but for those of <see cref="OtherReplies"/>.</summary>
    public required long ReplyBytes { get; init; }

    /// <summary>Sizes that some of the replies have instead; each connection draws its own. Their fractions sum to less than 1.</summary>
    public IReadOnlyList<ReplyShare> OtherReplies { get; init; } = [];

    /// <summary>Bytes of a reply's HTTP header; 245 with Apache 2.4 and a plain file (the lab's httperf logs).</summary>
    public int ReplyHeaderBytes { get; init; } = 245;

    /// <summary>Bytes of a request; 69 in the lab's httperf logs.</summary>
    public int RequestBytes { get; init; } = 69;

    /// <summary>Seconds to the first repetition of a SYN, then doubling: 1 (RFC 6298; TCP_TIMEOUT_INIT of Linux), 3 before Linux 3.1 (RFC 1122).</summary>
    public double SynTimeoutS { get; init; } = 1;

    /// <summary>
    /// Acknowledgements for each segment of a reply: 0.5 is every second one (RFC 1122: at least every second full segment); above 1 there are
    /// window updates beside. The last segment is acknowledged at once.
    /// </summary>
    public double AcksPerSegment { get; init; } = 0.5;

    /// <summary>True: packets may be lost on their way to the guest, so FINs and acknowledgements are repeated, too, when nothing comes back.</summary>
    public bool MayLose { get; init; }
}
