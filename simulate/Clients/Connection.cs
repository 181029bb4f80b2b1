namespace Colocate.Simulate.Clients;

/// <summary>One HTTP connection as both ends see it. It is reused; its generation tells its lives apart.</summary>
public sealed class Connection
{
    /// <summary>Which life this is.</summary>
    internal int Generation { get; set; }

    /// <summary>How its reply is cut.</summary>
    internal ReplyShape Shape { get; private set; } = null!;

    internal ClientState Client { get; set; }

    internal ServerState Server { get; set; }

    internal long StartedNs { get; set; }

    /// <summary>When the client last got anything, or started.</summary>
    internal long ProgressNs { get; set; }

    internal long RequestedNs { get; set; }

    /// <summary>When the client sent its last SYN.</summary>
    internal long SynSentNs { get; set; }

    /// <summary>Time from the last transmission of what is not yet answered to the next.</summary>
    internal long RetransmitNs { get; set; }

    /// <summary>When its timer runs out; setting it anew takes the earlier one's place.</summary>
    internal long TimerNs { get; set; }

    internal bool RequestAcknowledged { get; set; }

    /// <summary>Segments that the client has.</summary>
    internal int SegmentsReceived { get; set; }

    /// <summary>Acknowledgements that are owed for segments received.</summary>
    internal double AcksOwed { get; set; }

    internal bool RequestArrived { get; set; }

    /// <summary>Segments that TCP has handed down.</summary>
    internal int SegmentsSent { get; set; }

    /// <summary>Segments that the client acknowledged.</summary>
    internal int SegmentsAcknowledged { get; set; }

    /// <summary>Segments below TCP: queued in the guest, in the ring or on the card.</summary>
    internal int SegmentsBelow { get; set; }

    /// <summary>True once the client's FIN has reached the server, whose kernel acknowledges it at once.</summary>
    internal bool FinArrived { get; set; }

    /// <summary>True once the server has written its reply.</summary>
    internal bool ReplyWritten { get; set; }

    /// <summary>The worker that serves it; -1 when none does.</summary>
    internal int Worker { get; set; }

    internal void Begin(long nowNs, long retransmitNs, ReplyShape shape)
    {
        Generation++;
        Shape = shape;
        Client = ClientState.Connecting;
        Server = ServerState.None;
        (StartedNs, ProgressNs, RequestedNs) = (nowNs, nowNs, 0);
        RetransmitNs = retransmitNs;
        (SegmentsReceived, AcksOwed, SegmentsSent, SegmentsAcknowledged, SegmentsBelow) = (0, 0, 0, 0, 0);
        (RequestAcknowledged, RequestArrived, ReplyWritten, FinArrived) = (false, false, false, false);
        Worker = -1;
    }
}
