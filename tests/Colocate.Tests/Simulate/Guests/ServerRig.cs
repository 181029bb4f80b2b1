using Colocate.Simulate.Clients;
using Colocate.Simulate.Engine;
using Colocate.Simulate.Guests;
using Colocate.Simulate.NetworkPath;
using Colocate.Tests.Simulate.NetworkPath;

namespace Colocate.Tests.Simulate.Guests;

/// <summary>A real guest with its web server, reached over a path that takes no CPU time, and clients that a test plays.</summary>
internal sealed class ServerRig
{
    public const long Ms = 1_000_000, Second = 1_000_000_000;
    private readonly ConnectionTable _connections = new();
    private readonly PathRig _path;
    private readonly ReplyShape _shape;
    private readonly List<int> _slots = [];
    private GuestKernel _guest = null!;

    /// <summary>Makes a guest.</summary>
    /// <param name="settings">Server and TCP.</param>
    /// <param name="replyBytes">Content of a reply.</param>
    /// <param name="requestNs">CPU time of a request.</param>
    /// <param name="bytesPerS">Rate of the line.</param>
    public ServerRig(ServerSettings settings, long replyBytes = 1_024, long requestNs = 10 * Ms, double bytesPerS = 125e6)
    {
        _shape = new ReplyShape(replyBytes, replyHeaderBytes: 245);
        var costs = new GuestCosts
        {
            RoundNs = 2, ReceiveNs = 1, ControlNs = 1, SegmentNs = 1, RequestNs = requestNs, RequestKbNs = 0, BackgroundPeriodNs = Second, BackgroundNs = 0,
        };
        _path = new PathRig(PathRig.Free, (calendar, virtualInterface, _) => _guest = new GuestKernel(
            calendar, 0, new GuestSystem(0, virtualInterface, _connections, costs, settings, [], serviceSpread: 0, new RandomSource(1, 0)), vcpu: 1, upcallNs: 0, tickNs: 0), bytesPerS: bytesPerS);
        _guest.Connect(_path.Machine, 1, _path.Driver);
        _path.OnAtClient = (packet, _) =>
        {
            Answers.Add((_path.NowNs, Number(packet), packet));
            OnAnswer(Number(packet), packet.Kind);
        };
    }

    /// <summary>What the server sent: when, over which connection (counted from 0), what.</summary>
    public List<(long AtNs, int Connection, Packet Packet)> Answers { get; } = [];

    /// <summary>Called with each packet of the server.</summary>
    public Action<int, PacketKind> OnAnswer { get; set; } = (_, _) => { };

    public long SynsDropped => _guest.SynsDropped;

    /// <summary>Connections that have a worker.</summary>
    public int Served => _slots.Count(s => _connections[s].Worker >= 0);

    /// <summary>Opens connections and sends their SYNs; the number of the first.</summary>
    public int Open(int count = 1)
    {
        int first = _slots.Count;
        for (int i = 0; i < count; i++)
        {
            _slots.Add(_connections.Open(_path.NowNs, retransmitNs: 1_000_000_000, _shape));
            Send(_slots.Count - 1, PacketKind.Syn);
        }

        return first;
    }

    /// <summary>The client of a connection sends a packet; it arrives at once.</summary>
    public void Send(int connection, PacketKind kind) =>
        _path.Card.FromClient(new Packet(_slots[connection], _connections[_slots[connection]].Generation, kind, 66, 0), 0, _path.NowNs);

    /// <summary>Completes the handshake and asks.</summary>
    public void Ask(int connection)
    {
        Send(connection, PacketKind.HandshakeAck);
        Send(connection, PacketKind.Request);
    }

    public Connection ConnectionOf(int connection) => _connections[_slots[connection]];

    public ServerRig RunFor(long ns, Action? afterEvent = null)
    {
        _path.RunUntil(_path.NowNs + ns, afterEvent);
        return this;
    }

    /// <summary>Kinds that the server sent over a connection.</summary>
    public IEnumerable<PacketKind> Kinds(int connection) => Answers.Where(a => a.Connection == connection).Select(a => a.Packet.Kind);

    /// <summary>Connections over which the server sent a packet of a kind, in order.</summary>
    public IEnumerable<int> Got(PacketKind kind) => Answers.Where(a => a.Packet.Kind == kind).Select(a => a.Connection);

    /// <summary>A client that goes on by itself: asks when the server agrees, acknowledges every second segment, closes after the last.</summary>
    public void AnswerLikeAClient(int segments)
    {
        Dictionary<int, int> had = [];
        OnAnswer = (connection, kind) =>
        {
            if (kind == PacketKind.SynAck)
                Ask(connection);
            if (kind != PacketKind.Data)
                return;
            int have = had[connection] = had.GetValueOrDefault(connection) + 1;
            if (have % 2 == 0 || have == segments)
                Send(connection, PacketKind.DataAck);
            if (have == segments)
                Send(connection, PacketKind.ClientFin);
        };
    }

    private int Number(Packet packet) => _slots.IndexOf(packet.Slot);
}
