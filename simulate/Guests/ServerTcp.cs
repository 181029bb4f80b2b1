using Colocate.Simulate.Clients;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Guests;

/// <summary>
/// The server's end of TCP: what a received packet means for its connection and for the workers, and what is sent in return. It hands packets
/// down in order; the kernel pays for each and puts it on the ring.
/// </summary>
/// <param name="connections">The connections of the guest.</param>
/// <param name="server">The server above.</param>
/// <param name="settings">Windows and limits.</param>
internal sealed class ServerTcp(ConnectionTable connections, HttpServer server, ServerSettings settings)
{
    /// <summary>Packets handed down and not yet on the ring.</summary>
    internal Queue<Packet> Outgoing { get; } = new(VirtualInterface.RingSlots);

    /// <summary>SYNs dropped so far because no further handshake could begin.</summary>
    internal long SynsDropped { get; private set; }

    /// <summary>A packet has come in.</summary>
    internal void Receive(Packet packet)
    {
        Connection? connection = connections.Find(packet);
        if (connection is null)
            return;
        int slot = packet.Slot;
        switch (packet.Kind)
        {
            case PacketKind.Syn when connection.Server is ServerState.None or ServerState.HalfOpen:
                ReceiveSyn(slot, connection);
                break;
            case PacketKind.HandshakeAck when connection.Server == ServerState.HalfOpen && !server.IsFull:
                Open(slot, connection);
                break;
            case PacketKind.Request when connection.Server is ServerState.HalfOpen or ServerState.Open:
                ReceiveRequest(slot, connection);
                break;
            case PacketKind.DataAck when connection.Server == ServerState.Open:
                connection.SegmentsAcknowledged = Math.Min(connection.SegmentsSent, connection.SegmentsAcknowledged + settings.SegmentsPerAck);
                SendSegments(slot, connection);
                break;
            case PacketKind.ClientFin when connection.Server == ServerState.Open && !connection.FinArrived:
                connection.FinArrived = true;
                WakeWorker(connection, WorkerPhase.AwaitClose, WorkerPhase.Close);
                break;
            case PacketKind.Reset when connection.Server == ServerState.HalfOpen:
                server.HalfOpen--;
                connection.Server = ServerState.None;
                connections.FreeIfOver(slot);
                break;
            case PacketKind.Reset when connection.Server == ServerState.Open:
                connection.Server = ServerState.Aborted;
                WakeWorker(connection, WorkerPhase.AwaitRequest, WorkerPhase.Close);
                WakeWorker(connection, WorkerPhase.AwaitClose, WorkerPhase.Close);
                break;
            default:
                break;
        }
    }

    /// <summary>A packet has left the guest: TCP may hand down what waited for that.</summary>
    internal void Left(Packet packet)
    {
        if (packet.Kind != PacketKind.Data || connections.Find(packet) is not { } connection)
            return;
        connection.SegmentsBelow--;
        SendSegments(packet.Slot, connection);
    }

    /// <summary>The server has written its whole reply.</summary>
    internal void Write(int slot, Connection connection)
    {
        connection.ReplyWritten = true;
        SendSegments(slot, connection);
    }

    /// <summary>The server has closed a connection.</summary>
    internal void Close(int slot, Connection connection)
    {
        connection.Worker = -1;
        if (connection.Server == ServerState.Open)
        {
            connection.Server = ServerState.Closing;
            Reply(slot, connection, PacketKind.ServerFin, ReplyShape.HeaderBytes);
        }
        else
        {
            connection.Server = ServerState.None;
            connections.FreeIfOver(slot);
        }
    }

    private void ReceiveSyn(int slot, Connection connection)
    {
        if (connection.Server == ServerState.None)
        {
            if (server.RefusesSyns)
            {
                SynsDropped++;
                return;
            }

            server.HalfOpen++;
            connection.Server = ServerState.HalfOpen;
        }

        Reply(slot, connection, PacketKind.SynAck, ReplyShape.SynBytes);
    }

    private void Open(int slot, Connection connection)
    {
        server.HalfOpen--;
        connection.Server = ServerState.Open;
        server.Accept(slot);
    }

    private void ReceiveRequest(int slot, Connection connection)
    {
        // A request carries an acknowledgement too, so it can complete a handshake whose own was ignored.
        if (connection.Server == ServerState.HalfOpen)
        {
            if (server.IsFull)
                return;
            Open(slot, connection);
        }

        connection.RequestArrived = true;
        Reply(slot, connection, PacketKind.RequestAck, ReplyShape.HeaderBytes);
        WakeWorker(connection, WorkerPhase.AwaitRequest, WorkerPhase.Serve);
    }

    private void WakeWorker(Connection connection, WorkerPhase sleeping, WorkerPhase next)
    {
        if (connection.Worker >= 0 && server.PhaseOf(connection.Worker) == sleeping)
            server.Ready(connection.Worker, next);
    }

    private void Reply(int slot, Connection connection, PacketKind kind, int bytes) => Outgoing.Enqueue(new Packet(slot, connection.Generation, kind, bytes, 0));

    /// <summary>Hands down as many segments as windows and the small-queue limit allow.</summary>
    private void SendSegments(int slot, Connection connection)
    {
        if (!connection.ReplyWritten || connection.Server != ServerState.Open)
            return;
        // Slow start adds a segment for each one acknowledged; the client's window is reached long before congestion avoidance.
        int window = Math.Min(settings.ReceiveWindow, settings.InitialWindow + connection.SegmentsAcknowledged);
        int room = Math.Min(window - (connection.SegmentsSent - connection.SegmentsAcknowledged), settings.SmallQueue - connection.SegmentsBelow);
        int left = connection.Shape.Segments - connection.SegmentsSent;
        for (int burst = Math.Min(left, settings.BurstSegments); burst > 0 && room >= burst; room -= burst, left -= burst, burst = Math.Min(left, settings.BurstSegments))
            SendBurst(slot, connection, burst);
    }

    private void SendBurst(int slot, Connection connection, int segments)
    {
        for (int i = 0; i < segments; i++)
        {
            int segment = connection.SegmentsSent++;
            connection.SegmentsBelow++;
            Outgoing.Enqueue(new Packet(slot, connection.Generation, PacketKind.Data, connection.Shape.BytesOf(segment), connection.Shape.PagesOf(segment)));
        }
    }
}
