namespace Colocate.Simulate.NetworkPath;

/// <summary>What a packet of an HTTP exchange is for.</summary>
public enum PacketKind
{
    /// <summary>Client asks for a connection.</summary>
    Syn,

    /// <summary>Server agrees.</summary>
    SynAck,

    /// <summary>Client completes the handshake.</summary>
    HandshakeAck,

    /// <summary>Client sends its request.</summary>
    Request,

    /// <summary>Server has the request.</summary>
    RequestAck,

    /// <summary>A segment of the reply.</summary>
    Data,

    /// <summary>Client has segments of the reply.</summary>
    DataAck,

    /// <summary>Client closes.</summary>
    ClientFin,

    /// <summary>Server closes.</summary>
    ServerFin,

    /// <summary>Client has the server's close.</summary>
    LastAck,

    /// <summary>Client gave up.</summary>
    Reset,
}
