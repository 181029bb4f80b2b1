using Colocate.Simulate.Engine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Clients;

/// <summary>
/// An open-loop client such as httperf: opens connections at its own rate whatever becomes of the earlier ones, sends one request over each,
/// repeats what is not answered (TCP), and gives up after a time without progress. Its machine is not the bottleneck: it answers at once.
/// </summary>
public sealed class OpenLoopClient
{
    /// <summary>Least variable part of a retransmission time-out (TCP_RTO_MIN of Linux).</summary>
    private const long LeastVariableNs = 200_000_000;

    /// <summary>Longest time to a retransmission (TCP_RTO_MAX of Linux).</summary>
    private const long LongestTimeoutNs = 120_000_000_000;

    private readonly EventCalendar _calendar;
    private readonly NetworkCard _card;
    private readonly ConnectionTable _connections;
    private readonly ClientSettings _settings;
    private readonly int _guest;
    private readonly long _timeoutNs, _synTimeoutNs;
    private RandomSource _random;

    /// <summary>Makes a client; <see cref="Start"/> sets it going.</summary>
    public OpenLoopClient(EventCalendar calendar, NetworkCard card, ConnectionTable connections, ClientSettings settings, int guest, RandomSource random)
    {
        (_calendar, _card, _connections, _settings, _guest, _random) = (calendar, card, connections, settings, guest, random);
        (_timeoutNs, _synTimeoutNs) = ((long)(settings.TimeoutS * 1e9), (long)(settings.SynTimeoutS * 1e9));
        Shape = new ReplyShape(settings.ReplyBytes, settings.ReplyHeaderBytes);
    }

    /// <summary>How its replies are cut into packets.</summary>
    public ReplyShape Shape { get; }

    /// <summary>Connections opened so far.</summary>
    public long Connections { get; private set; }

    /// <summary>Requests sent so far.</summary>
    public long Requests { get; private set; }

    /// <summary>Time from opening to agreement of the server, summed over requests, in ns.</summary>
    public long ConnectNs { get; private set; }

    /// <summary>Complete replies so far.</summary>
    public long Replies { get; private set; }

    /// <summary>Time from request to last byte of the reply, summed over complete replies, in ns.</summary>
    public long ReplyNs { get; private set; }

    /// <summary>Time from request to the first segment of the reply, summed over replies that began, in ns.</summary>
    public long FirstByteNs { get; private set; }

    /// <summary>Replies that began so far.</summary>
    public long RepliesBegun { get; private set; }

    /// <summary>Connections given up so far.</summary>
    public long TimeOuts { get; private set; }

    /// <summary>Connections that are neither answered nor given up.</summary>
    public long InFlight => Connections - Replies - TimeOuts;

    /// <summary>Schedules the first connection, at a random place within the first gap.</summary>
    public void Start() => ScheduleNext(0, (long)(_random.Uniform() * 1e9 / _settings.OfferedPerS));

    /// <summary>Opens the next connection.</summary>
    public void OnArrival(long nowNs)
    {
        int slot = _connections.Open(nowNs, _synTimeoutNs);
        Connections++;
        SendSyn(slot, nowNs);
        SetTimer(slot, nowNs + Math.Min(_synTimeoutNs, _timeoutNs));
        double meanNs = 1e9 / _settings.OfferedPerS;
        ScheduleNext(nowNs, (long)Math.Round(_settings.Poisson ? _random.Exponential(meanNs) : meanNs));
    }

    /// <summary>A retransmission timer has run out.</summary>
    public void OnTimer(long payload, long nowNs)
    {
        int slot = (int)(payload & int.MaxValue);
        Connection? connection = _connections.Find(slot, (int)(payload >> 32));
        if (connection is null || connection.Client == ClientState.Done || connection.TimerNs != nowNs)
            return;
        long givesUpNs = connection.ProgressNs + _timeoutNs;
        if (nowNs >= givesUpNs)
        {
            GiveUp(slot, connection, nowNs);
            return;
        }

        long waitNs = givesUpNs - nowNs;
        if (connection.Client == ClientState.Connecting)
        {
            SendSyn(slot, nowNs);
            waitNs = connection.RetransmitNs = Math.Min(LongestTimeoutNs, 2 * connection.RetransmitNs);
        }
        else if (!connection.RequestAcknowledged)
        {
            Send(slot, PacketKind.Request, ReplyShape.HeaderBytes + _settings.RequestBytes, nowNs);
            waitNs = connection.RetransmitNs = Math.Min(LongestTimeoutNs, 2 * connection.RetransmitNs);
        }

        SetTimer(slot, Math.Min(nowNs + waitNs, givesUpNs));
    }

    /// <summary>A packet from the guest has come.</summary>
    public void Receive(Packet packet, long nowNs)
    {
        Connection? connection = _connections.Find(packet);
        if (connection is null)
            return;
        int slot = packet.Slot;
        switch (packet.Kind)
        {
            case PacketKind.SynAck when connection.Client == ClientState.Connecting:
                connection.Client = ClientState.Waiting;
                // The first round trip R sets the time-out to R + 2 R, its variable part never below the least (tcp_rtt_estimator of Linux). Time
                // stamps tell R of the last SYN, also when it was a repeated one.
                long roundTripNs = nowNs - connection.SynSentNs;
                connection.RetransmitNs = roundTripNs + Math.Max(LeastVariableNs, 2 * roundTripNs);
                ConnectNs += nowNs - connection.StartedNs;
                (connection.ProgressNs, connection.RequestedNs) = (nowNs, nowNs);
                Requests++;
                Send(slot, PacketKind.HandshakeAck, ReplyShape.HeaderBytes, nowNs);
                Send(slot, PacketKind.Request, ReplyShape.HeaderBytes + _settings.RequestBytes, nowNs);
                SetTimer(slot, nowNs + Math.Min(connection.RetransmitNs, _timeoutNs));
                break;
            case PacketKind.SynAck when connection.Client == ClientState.Done:
                Send(slot, PacketKind.Reset, ReplyShape.HeaderBytes, nowNs);
                break;
            case PacketKind.RequestAck:
                connection.RequestAcknowledged = true;
                break;
            case PacketKind.Data:
                (connection.ProgressNs, connection.RequestAcknowledged) = (nowNs, true);
                ReceiveSegment(slot, connection, nowNs);
                break;
            case PacketKind.ServerFin when connection.Client == ClientState.Done:
                Send(slot, PacketKind.LastAck, ReplyShape.HeaderBytes, nowNs);
                connection.Server = ServerState.None;
                _connections.FreeIfOver(slot);
                break;
            default:
                break;
        }
    }

    private void ReceiveSegment(int slot, Connection connection, long nowNs)
    {
        if (connection.Client == ClientState.Done)
            return;
        if (connection.SegmentsReceived == 0)
        {
            RepliesBegun++;
            FirstByteNs += nowNs - connection.RequestedNs;
        }

        connection.AcksOwed += _settings.AcksPerSegment;
        bool last = ++connection.SegmentsReceived == Shape.Segments;
        int acks = Math.Max((int)connection.AcksOwed, last ? 1 : 0);
        connection.AcksOwed -= acks;
        for (; acks > 0; acks--)
            Send(slot, PacketKind.DataAck, ReplyShape.HeaderBytes, nowNs);
        if (!last)
            return;
        connection.Client = ClientState.Done;
        Replies++;
        ReplyNs += nowNs - connection.RequestedNs;
        Send(slot, PacketKind.ClientFin, ReplyShape.HeaderBytes, nowNs);
    }

    private void GiveUp(int slot, Connection connection, long nowNs)
    {
        TimeOuts++;
        if (connection.Client == ClientState.Waiting)
            Send(slot, PacketKind.Reset, ReplyShape.HeaderBytes, nowNs);
        connection.Client = ClientState.Done;
        _connections.FreeIfOver(slot);
    }

    private void SendSyn(int slot, long nowNs)
    {
        _connections[slot].SynSentNs = nowNs;
        Send(slot, PacketKind.Syn, ReplyShape.SynBytes, nowNs);
    }

    private void Send(int slot, PacketKind kind, int bytes, long nowNs) =>
        _card.FromClient(new Packet(slot, _connections[slot].Generation, kind, bytes, 0), _guest, nowNs);

    private void SetTimer(int slot, long atNs)
    {
        Connection connection = _connections[slot];
        connection.TimerNs = atNs;
        _calendar.Schedule(atNs, (int)ClientEvent.Timer, _guest, ((long)connection.Generation << 32) | (uint)slot);
    }

    private void ScheduleNext(long nowNs, long gapNs) => _calendar.Schedule(nowNs + Math.Max(1, gapNs), (int)ClientEvent.Connect, _guest);
}
