namespace Colocate.Simulate.Guests;

/// <summary>The web server of a guest and the TCP below it.</summary>
public sealed record ServerSettings
{
    /// <summary>Requests handled at once (processes of Apache prefork).</summary>
    public int Workers { get; init; } = 8;

    /// <summary>Listen backlog: the accept queue takes one connection more (sk_acceptq_is_full of Linux).</summary>
    public int Backlog { get; init; } = 8;

    /// <summary>Handshakes that may be under way at once; null: as many as the backlog (inet_csk_reqsk_queue_is_full of Linux 4.3 and later).</summary>
    public int? MostHalfOpen { get; init; }

    /// <summary>Initial congestion window in segments (RFC 6928; 3 before).</summary>
    public int InitialWindow { get; init; } = 10;

    /// <summary>Receive window of the client in segments: 16 KiB of httperf's --recv-buffer hold 11 of them.</summary>
    public int ReceiveWindow { get; init; } = 11;

    /// <summary>Segments handed down together: the least that tcp_tso_autosize of Linux 4.17 and later makes up, also when the card segments nothing.</summary>
    public int BurstSegments { get; init; } = 2;

    /// <summary>
    /// Segments of one connection that may lie below TCP at once: two bursts, as tcp_small_queue_check of Linux 3.6 and later allows at low
    /// rates (traces of the lab show four for one connection); <see cref="int.MaxValue"/> for older kernels.
    /// </summary>
    public int SmallQueue { get; init; } = 4;

    /// <summary>
    /// Processes that must wait for a vcpu before an idle one is woken for them. 1: at once, as where the vcpus are in a domain with
    /// SD_WAKE_IDLE; more where only load balancing moves processes, which looks at queues that last.
    /// </summary>
    public int SpreadFrom { get; init; } = 1;

    /// <summary>
    /// True: under load processes settle on vcpus that take no interrupts, so that the first vcpu of a guest is left to its network. The paper's
    /// Table II tells: vcpus are switched 9000 times a second while both pcpus are saturated, which takes vcpus whose bursts are short.
    /// </summary>
    public bool SettlesElsewhere { get; init; }

    /// <summary>
    /// Processes that must wait for a vcpu before the first one takes some of those that settled elsewhere: two are an imbalance that
    /// <c>load_balance_newidle</c> of Linux 2.6.18 evens out when a vcpu runs out of work (<c>kernel/sched.c</c>, SD_BALANCE_NEWIDLE).
    /// </summary>
    public int PullFrom { get; init; } = int.MaxValue;

    /// <summary>Segments that one acknowledgement of the client stands for.</summary>
    public int SegmentsPerAck { get; init; } = 2;
}
