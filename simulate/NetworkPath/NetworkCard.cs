using Colocate.Simulate.Engine;

namespace Colocate.Simulate.NetworkPath;

/// <summary>
/// The network card with the queue in front of it. Packets leave in order over one line, shaped by a token bucket in the driver domain when
/// there is one. A full queue holds up those who fill it; nothing is dropped. Received packets and finished transmissions raise one
/// interrupt, and no other until the driver has polled and found nothing (Linux NAPI).
/// </summary>
public sealed class NetworkCard
{
    private readonly EventCalendar _calendar;
    private readonly NetworkLine _line;
    private readonly TokenBucket? _bucket;
    private readonly CardSettings _settings;
    private readonly Queue<(Packet Packet, int Guest)> _queue, _sending;
    private long _queuedBytes, _interruptAtNs = long.MaxValue;
    private bool _armed = true;

    /// <summary>Makes a card.</summary>
    /// <param name="calendar">Where its events go.</param>
    /// <param name="line">Its transmit line.</param>
    /// <param name="bucket">Shaper in front of it; null when the line alone limits.</param>
    /// <param name="settings">The card and what lies beyond it.</param>
    public NetworkCard(EventCalendar calendar, NetworkLine line, TokenBucket? bucket, CardSettings settings)
    {
        (_calendar, _line, _bucket, _settings) = (calendar, line, bucket, settings);
        (_queue, _sending) = (new(settings.RingSlots), new(settings.RingSlots));
        (Received, Departed) = (new(settings.RingSlots), new(settings.RingSlots));
    }

    /// <summary>Packets for guests that the driver has yet to fetch.</summary>
    public Queue<(Packet Packet, int Guest)> Received { get; }

    /// <summary>Packets that have left and whose memory the driver has yet to free.</summary>
    public Queue<(Packet Packet, int Guest)> Departed { get; }

    /// <summary>Packets that left so far.</summary>
    public long PacketsSent { get; private set; }

    /// <summary>Packets that came in and were lost so far, for the driver had not fetched those before them.</summary>
    public long PacketsLost { get; private set; }

    /// <summary>Bytes that left so far, link-layer headers included.</summary>
    public long BytesSent { get; private set; }

    /// <summary>See <see cref="CardSettings.PollsUntilNothing"/>.</summary>
    internal bool PollsUntilNothing => _settings.PollsUntilNothing;

    /// <summary>False when the queue is full.</summary>
    public bool HasRoom => _queuedBytes < _settings.QueueBytes;

    /// <summary>Packets in the queue and on the card that have not left.</summary>
    internal int Waiting => _queue.Count + _sending.Count;

    /// <summary>Puts a packet into the queue.</summary>
    public void Enqueue(Packet packet, int guest)
    {
        _queue.Enqueue((packet, guest));
        _queuedBytes += packet.Bytes;
    }

    /// <summary>Whether the first packet of the queue may go to the card now.</summary>
    public bool IsReady(long nowNs) =>
        _queue.TryPeek(out (Packet Packet, int Guest) first) && _sending.Count < _settings.RingSlots && (_bucket is null || _bucket.ReadyAtNs(first.Packet.Bytes, nowNs) <= nowNs);

    /// <summary>When the shaper lets the next packet go, in ns; null when it is not the shaper that holds one up.</summary>
    public long? ShapedUntilNs(long nowNs) =>
        _bucket is not null && _sending.Count < _settings.RingSlots && _queue.TryPeek(out (Packet Packet, int Guest) first) && _bucket.ReadyAtNs(first.Packet.Bytes, nowNs) is var at && at > nowNs ? at : null;

    /// <summary>Hands the first packet of the queue, which is ready, to the card.</summary>
    public void Send(long nowNs)
    {
        (Packet packet, int guest) = _queue.Dequeue();
        _queuedBytes -= packet.Bytes;
        _bucket?.Spend(packet.Bytes, nowNs);
        _sending.Enqueue((packet, guest));
        _calendar.Schedule(_line.Send(packet.Bytes, nowNs), (int)NetworkEvent.Departure, guest, packet.Bits);
    }

    /// <summary>A client sends a packet to a guest.</summary>
    public void FromClient(Packet packet, int guest, long nowNs) => _calendar.Schedule(nowNs + _settings.ClientDelayNs, (int)NetworkEvent.Arrival, guest, packet.Bits);

    /// <summary>The last bit of a packet has left.</summary>
    public void OnDeparture(in ScheduledEvent e)
    {
        (Packet packet, int guest) = _sending.Dequeue();
        Departed.Enqueue((packet, guest));
        PacketsSent++;
        BytesSent += packet.Bytes;
        _calendar.Schedule(e.TimeNs + _settings.ClientDelayNs, (int)NetworkEvent.AtClient, guest, packet.Bits);
        if (PacketsSent % _settings.DeparturesPerInterrupt == 0)
            RequestInterrupt(e.TimeNs, _settings.InterruptDelayNs);
    }

    /// <summary>A packet has come in.</summary>
    public void OnArrival(in ScheduledEvent e)
    {
        if (Received.Count >= _settings.ReceiveSlots)
        {
            PacketsLost++;
            return;
        }

        Received.Enqueue((new Packet(e.Payload), e.Target));
        RequestInterrupt(e.TimeNs, Received.Count < _settings.BundleFrames ? _settings.InterruptDelayNs : 0);
    }

    /// <summary>True when the card really interrupts; false when an earlier interrupt took this one's place.</summary>
    public bool OnInterrupt(in ScheduledEvent e)
    {
        if (e.TimeNs != _interruptAtNs)
            return false;
        (_interruptAtNs, _armed) = (long.MaxValue, false);
        return true;
    }

    /// <summary>The driver has polled and found nothing more: the next packet interrupts again.</summary>
    public void Rearm(long nowNs)
    {
        _armed = true;
        if (Received.Count > 0 || Departed.Count >= _settings.DeparturesPerInterrupt)
            RequestInterrupt(nowNs, _settings.InterruptDelayNs);
    }

    /// <summary>Asks for an interrupt, unless one will come before; none comes while the driver polls.</summary>
    private void RequestInterrupt(long nowNs, long delayNs)
    {
        if (!_armed || nowNs + delayNs >= _interruptAtNs)
            return;
        _interruptAtNs = nowNs + delayNs;
        _calendar.Schedule(_interruptAtNs, (int)NetworkEvent.CardInterrupt, 0);
    }
}
