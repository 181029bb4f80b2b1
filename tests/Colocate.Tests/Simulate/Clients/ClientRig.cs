using Colocate.Simulate.Clients;
using Colocate.Simulate.Engine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Tests.Simulate.Clients;

/// <summary>A real client against a server that a test plays; nothing takes time on the way.</summary>
internal sealed class ClientRig
{
    public const long Ms = 1_000_000, Second = 1_000_000_000;
    private const int Answer = 1000, Stop = 1001;
    private readonly EventCalendar _calendar = new();
    private readonly ConnectionTable _connections = new();
    private readonly Func<Packet, IEnumerable<(long DelayNs, PacketKind Kind)>> _server;

    /// <summary>Makes a client that opens its first connection at time 0, or when it would by itself.</summary>
    /// <param name="settings">Its load.</param>
    /// <param name="server">What the server answers to a packet, and how much later.</param>
    /// <param name="atOnce">Whether the first connection is opened at time 0.</param>
    public ClientRig(ClientSettings settings, Func<Packet, IEnumerable<(long DelayNs, PacketKind Kind)>> server, bool atOnce = true)
    {
        _server = server;
        var card = new NetworkCard(_calendar, new NetworkLine(1e9, 0), bucket: null, new CardSettings { QueueBytes = 1, InterruptDelayNs = 0, ClientDelayNs = 0 });
        Client = WebClient.Of(new ClientPath(_calendar, card, _connections, Guest: 0, new RandomSource(7, 0), new RandomSource(7, 1)), settings);
        if (atOnce)
            Client.OnArrival(0);
        else
            Client.Start();
    }

    public WebClient Client { get; }

    /// <summary>What the client sent, and when.</summary>
    public List<(long AtNs, Packet Packet)> Sent { get; } = [];

    /// <summary>A server that never answers.</summary>
    public static IEnumerable<(long DelayNs, PacketKind Kind)> Silence(Packet packet) => [];

    /// <summary>Kinds sent over the first connection with their times, in ms.</summary>
    public IEnumerable<(double AtMs, PacketKind Kind)> First() =>
        Sent.Where(s => (s.Packet.Slot, s.Packet.Generation) == (Sent[0].Packet.Slot, Sent[0].Packet.Generation)).Select(s => (s.AtNs / 1e6, s.Packet.Kind));

    /// <summary>Connections that are neither answered nor given up, one by one.</summary>
    public int Open() => Sent.Select(s => s.Packet).DistinctBy(p => (p.Slot, p.Generation)).Count(p => _connections.Find(p) is { Client: not ClientState.Done });

    public ClientRig RunUntil(long timeNs)
    {
        _calendar.Schedule(timeNs, Stop, 0);
        for (ScheduledEvent e = _calendar.Take(); e.Kind != Stop; e = _calendar.Take())
        {
            switch (e.Kind)
            {
                case (int)ClientEvent.Connect:
                    Client.OnArrival(e.TimeNs);
                    break;
                case (int)ClientEvent.Timer:
                    Client.OnTimer(e.Payload, e.TimeNs);
                    break;
                case (int)NetworkEvent.Arrival:
                    var packet = new Packet(e.Payload);
                    Sent.Add((e.TimeNs, packet));
                    foreach ((long delayNs, PacketKind kind) in _server(packet))
                    {
                        if (kind == PacketKind.SynAck)
                            _connections[packet.Slot].Server = ServerState.HalfOpen;
                        _calendar.Schedule(e.TimeNs + delayNs, Answer, 0, new Packet(packet.Slot, packet.Generation, kind, 66, 0).Bits);
                    }

                    break;
                case Answer:
                    Client.Receive(new Packet(e.Payload), e.TimeNs);
                    break;
                default:
                    break;
            }
        }

        return this;
    }
}
