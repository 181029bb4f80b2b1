using Colocate.Cli.Timeline.Packets;
using Google.Protobuf;

namespace Colocate.Cli.Timeline;

/// <summary>Writes a Perfetto trace packet by packet. One packet is held at a time and used again, so that nothing is allocated per event.</summary>
internal sealed class PacketStream
{
    /// <summary>Numbers of clocks in Perfetto's format.</summary>
    private const uint RealTime = 1, BootTime = 6;

    private const uint Sequence = 1, NamesBeginAnew = 1, UsesNames = 2;

    /// <summary>Field 1 of a message, with a length: a packet of the trace.</summary>
    private const byte PacketTag = 1 << 3 | 2;

    private readonly Stream _output;
    private readonly TrackEvent _event = new();
    private readonly TracePacket _packet;
    private readonly Dictionary<string, ulong> _names = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[512];
    private ulong _lastTrack;

    /// <summary>Begins a trace.</summary>
    /// <param name="output">Where it goes; neither flushed nor closed.</param>
    /// <param name="start">Wall-clock time of the trace's time 0; null when unknown.</param>
    internal PacketStream(Stream output, DateTimeOffset? start)
    {
        _output = output;
        _packet = new TracePacket { TrackEvent = _event, TrustedPacketSequenceId = Sequence, SequenceFlags = UsesNames };
        var clocks = new ClockSnapshot { PrimaryTraceClock = BootTime };
        clocks.Clocks.Add(new ClockSnapshot.Types.Clock { ClockId = BootTime, Timestamp = 0 });
        if (start is { } time && time > DateTimeOffset.UnixEpoch)
            clocks.Clocks.Add(new ClockSnapshot.Types.Clock { ClockId = RealTime, Timestamp = (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * 100 });
        Write(new TracePacket { Timestamp = 0, ClockSnapshot = clocks, TrustedPacketSequenceId = Sequence, SequenceFlags = NamesBeginAnew });
    }

    /// <summary>Bytes written.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Adds a track for spans and instants, or one that only groups others.</summary>
    /// <param name="parent">The track it stands below; null for none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="rank">Its place among the tracks of its parent.</param>
    internal ulong AddTrack(ulong? parent, string name, int rank) => AddTrack(parent, name, rank, null);

    /// <summary>Adds a track for a figure.</summary>
    /// <param name="parent">The track it stands below.</param>
    /// <param name="name">Its name.</param>
    /// <param name="rank">Its place among the tracks of its parent.</param>
    /// <param name="unit">Unit of the figure.</param>
    internal ulong AddCounter(ulong parent, string name, int rank, string unit) => AddTrack(parent, name, rank, new CounterDescriptor { UnitName = unit });

    /// <summary>Writes a span; spans of one track must come in order and not overlap.</summary>
    internal void Span(ulong track, string name, long fromNs, long toNs)
    {
        Begin(TrackEvent.Types.Type.SliceBegin, track, fromNs);
        Name(name);
        Write(_packet);
        Begin(TrackEvent.Types.Type.SliceEnd, track, toNs);
        Write(_packet);
    }

    /// <summary>Writes an instant with what is known about it.</summary>
    internal void Instant(ulong track, string name, long atNs, params ReadOnlySpan<(string Name, long Value)> facts)
    {
        Begin(TrackEvent.Types.Type.Instant, track, atNs);
        Name(name);
        foreach ((string fact, long value) in facts)
            _event.DebugAnnotations.Add(new DebugAnnotation { Name = fact, UintValue = (ulong)value });
        Write(_packet);
        _event.DebugAnnotations.Clear();
    }

    /// <summary>Writes a value of a counter, which holds until its next one.</summary>
    internal void Counter(ulong track, long atNs, double value)
    {
        Begin(TrackEvent.Types.Type.Counter, track, atNs);
        _event.DoubleCounterValue = value;
        Write(_packet);
    }

    private ulong AddTrack(ulong? parent, string name, int rank, CounterDescriptor? counter)
    {
        var track = new TrackDescriptor { Uuid = ++_lastTrack, Name = LaneName.Of(name), ChildOrdering = 3, SiblingOrderRank = rank };
        if (parent is { } uuid)
            track.ParentUuid = uuid;
        if (counter is not null)
            track.Counter = counter;
        Write(new TracePacket { TrackDescriptor = track, TrustedPacketSequenceId = Sequence });
        return _lastTrack;
    }

    private void Begin(TrackEvent.Types.Type type, ulong track, long atNs)
    {
        _packet.Timestamp = (ulong)atNs;
        _event.Type = type;
        _event.TrackUuid = track;
        _event.ClearNameIid();
        _event.ClearDoubleCounterValue();
    }

    /// <summary>A name is told when it is first used; from then on it has a number.</summary>
    private void Name(string name)
    {
        if (!_names.TryGetValue(name, out ulong number))
        {
            _names.Add(name, number = (ulong)_names.Count + 1);
            _packet.InternedData = new InternedData { EventNames = { new EventName { Iid = number, Name = LaneName.Of(name) } } };
        }

        _event.NameIid = number;
    }

    private void Write(TracePacket packet)
    {
        const int mostHeadBytes = 6;
        int size = packet.CalculateSize();
        if (_buffer.Length < size + mostHeadBytes)
            _buffer = new byte[2 * (size + mostHeadBytes)];
        int head = 0;
        _buffer[head++] = PacketTag;
        uint rest = (uint)size;
        for (; rest >= 0x80; rest >>= 7)
            _buffer[head++] = (byte)(rest & 0x7f | 0x80);
        _buffer[head++] = (byte)rest;
        packet.WriteTo(_buffer.AsSpan(head, size));
        _output.Write(_buffer, 0, head + size);
        Bytes += head + size;
        packet.InternedData = null;
    }
}
