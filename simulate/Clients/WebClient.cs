using Colocate.Simulate.Engine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Clients;

/// <summary>
/// The clients of one guest: send one request over each connection, repeat what is not answered (TCP), and give up after a time without
/// progress. Their machine is not the bottleneck: it answers at once. When connections are opened is said by derived classes.
/// </summary>
public abstract class WebClient
{
    /// <summary>Least variable part of a retransmission time-out (TCP_RTO_MIN of Linux).</summary>
    private const long LeastVariableNs = 200_000_000;

    /// <summary>Longest time to a retransmission (TCP_RTO_MAX of Linux).</summary>
    private const long LongestTimeoutNs = 120_000_000_000;

    private readonly EventCalendar _calendar;
    private readonly NetworkCard _card;
    private readonly ConnectionTable _connections;
    private readonly ClientSettings _settings;
    private readonly ReplyShapes _shapes;
    private readonly int _guest;
    private readonly long _timeoutNs, _synTimeoutNs;

    private protected WebClient(ClientPath path, ClientSettings settings)
    {
        (_calendar, _card, _connections, _guest, _settings) = (path.Calendar, path.Card, path.Connections, path.Guest, settings);
        (_timeoutNs, _synTimeoutNs) = ((long)(settings.TimeoutS * 1e9), (long)(settings.SynTimeoutS * 1e9));
        _shapes = new ReplyShapes(settings, path.Sizes);
    }

    /// <summary>Connections opened so far.</summary>
    public long Connections { get; private set; }

    /// <summary>Requests sent so far.</summary>
    public long Requests { get; private set; }

    /// <summary>Time from opening to agreement of the server, summed over requests, in ns.</summary>
    public long ConnectNs { get; private set; }

    /// <summary>Complete replies so far.</summary>
    public long Replies { get; private set; }

    /// <summary>Bytes of complete replies so far, with their HTTP headers.</summary>
    public long ReplyBytes { get; private set; }

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

    /// <summary>Clients of a guest; <see cref="Start"/> sets them going.</summary>
    /// <param name="path">Where what they do goes, and their chance.</param>
    /// <param name="settings">Their load.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static WebClient Of(ClientPath path, ClientSettings settings) =>
        settings.Load.Checked() is ClosedLoad closed ? new ClosedLoopClient(path, settings, closed) : new OpenLoopClient(path, settings, (OpenLoad)settings.Load);

    /// <summary>Schedules what comes first.</summary>
    public abstract void Start();

    /// <summary>It is time to open what is next.</summary>
    public abstract void OnArrival(long nowNs);

    /// <summary>A retransmission timer has run out.</summary>
    public void OnTimer(long payload, long nowNs)
    {
        int slot = (int)(payload & int.MaxValue);
        Connection? connection = _connections.Find(slot, (int)(payload >> 32));
        if (connection is null || connection.TimerNs != nowNs)
            return;
        if (connection.Client == ClientState.Done)
        {
            RepeatFin(slot, connection, nowNs);
            return;
        }

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
        else if (_settings.MayLose)
        {
            waitNs = AcknowledgeAgain(slot, connection, nowNs);
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

    /// <summary>A connection has its reply, or was given up.</summary>
    private protected virtual void OnOver(long nowNs)
    {
    }

    /// <summary>Opens a connection.</summary>
    private protected void Open(long nowNs)
    {
        int slot = _connections.Open(nowNs, _synTimeoutNs, _shapes.Draw());
        Connections++;
        SendSyn(slot, nowNs);
        SetTimer(slot, nowNs + Math.Min(_synTimeoutNs, _timeoutNs));
    }

    /// <summary>Has <see cref="OnArrival"/> called after a time, at least 1 ns later.</summary>
    private protected void ScheduleArrival(long nowNs, double gapNs) => _calendar.Schedule(nowNs + Math.Max(1, (long)gapNs), (int)ClientEvent.Connect, _guest);

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
        bool last = ++connection.SegmentsReceived == connection.Shape.Segments;
        int acks = Math.Max((int)connection.AcksOwed, last ? 1 : 0);
        connection.AcksOwed -= acks;
        for (; acks > 0; acks--)
            Send(slot, PacketKind.DataAck, ReplyShape.HeaderBytes, nowNs);
        if (!last)
            return;
        connection.Client = ClientState.Done;
        Replies++;
        ReplyBytes += connection.Shape.TotalBytes;
        ReplyNs += nowNs - connection.RequestedNs;
        Send(slot, PacketKind.ClientFin, ReplyShape.HeaderBytes, nowNs);
        if (_settings.MayLose)
            SetTimer(slot, nowNs + connection.RetransmitNs);
        OnOver(nowNs);
    }

    /// <summary>A FIN that did not reach the server is sent again, later and later.</summary>
    private void RepeatFin(int slot, Connection connection, long nowNs)
    {
        if (!_settings.MayLose || connection.FinArrived)
            return;
        Send(slot, PacketKind.ClientFin, ReplyShape.HeaderBytes, nowNs);
        connection.RetransmitNs = Math.Min(LongestTimeoutNs, 2 * connection.RetransmitNs);
        SetTimer(slot, nowNs + connection.RetransmitNs);
    }

    /// <summary>
    /// When a reply has come to a halt because acknowledgements were lost, the server would repeat a segment and the client acknowledge all that it has; here
    /// the client does so by itself. Time to the next look.
    /// </summary>
    private long AcknowledgeAgain(int slot, Connection connection, long nowNs)
    {
        long quietNs = nowNs - connection.ProgressNs;
        if (connection.SegmentsReceived == 0 || quietNs < connection.RetransmitNs)
            return Math.Max(1, connection.RetransmitNs - (connection.SegmentsReceived == 0 ? 0 : quietNs));
        connection.SegmentsAcknowledged = connection.SegmentsReceived;
        Send(slot, PacketKind.DataAck, ReplyShape.HeaderBytes, nowNs);
        return connection.RetransmitNs = Math.Min(LongestTimeoutNs, 2 * connection.RetransmitNs);
    }

    private void GiveUp(int slot, Connection connection, long nowNs)
    {
        TimeOuts++;
        if (connection.Client == ClientState.Waiting)
            Send(slot, PacketKind.Reset, ReplyShape.HeaderBytes, nowNs);
        connection.Client = ClientState.Done;
        _connections.FreeIfOver(slot);
        OnOver(nowNs);
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
}
