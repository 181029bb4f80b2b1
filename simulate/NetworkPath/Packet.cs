namespace Colocate.Simulate.NetworkPath;

/// <summary>
/// One packet in 64 bits, so that it fits into an event. It names its connection by place and generation: a packet that outlives its
/// connection is recognised and ignored by whoever looks the connection up.
/// </summary>
public readonly record struct Packet
{
    /// <summary>Largest wire size that fits.</summary>
    public const int MaxBytes = (1 << 14) - 1;

    /// <summary>Connections that can be told apart.</summary>
    public const int MostSlots = 1 << SlotBits;

    private const int SlotBits = 20, GenerationBits = 20, KindBits = 4, BytesBits = 14;
    private readonly long _bits;

    /// <summary>Reads a packet back from an event.</summary>
    public Packet(long bits) => _bits = bits;

    /// <summary>Makes a packet.</summary>
    /// <param name="slot">Place of its connection, below 2^20.</param>
    /// <param name="generation">Generation of the connection; the low 20 bits count.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="bytes">Size with link-layer header, at most <see cref="MaxBytes"/>.</param>
    /// <param name="pages">Pages that its payload touches, at most 15; 0 when it has none.</param>
    public Packet(int slot, int generation, PacketKind kind, int bytes, int pages) => _bits =
        (long)slot
        | ((long)(generation & ((1 << GenerationBits) - 1)) << SlotBits)
        | ((long)kind << (SlotBits + GenerationBits))
        | ((long)bytes << (SlotBits + GenerationBits + KindBits))
        | ((long)pages << (SlotBits + GenerationBits + KindBits + BytesBits));

    /// <summary>The packet as the payload of an event.</summary>
    public long Bits => _bits;

    /// <summary>Place of the connection.</summary>
    public int Slot => (int)(_bits & ((1 << SlotBits) - 1));

    /// <summary>Generation of the connection, modulo 2^20.</summary>
    public int Generation => (int)((_bits >> SlotBits) & ((1 << GenerationBits) - 1));

    /// <summary>What it is for.</summary>
    public PacketKind Kind => (PacketKind)((_bits >> (SlotBits + GenerationBits)) & ((1 << KindBits) - 1));

    /// <summary>Size with link-layer header, in bytes.</summary>
    public int Bytes => (int)((_bits >> (SlotBits + GenerationBits + KindBits)) & ((1 << BytesBits) - 1));

    /// <summary>Pages that the payload touches.</summary>
    public int Pages => (int)(_bits >> (SlotBits + GenerationBits + KindBits + BytesBits));

    /// <summary>Ring slots taken on the way out of the guest: one for the header, one for each page of payload.</summary>
    public int Slots => 1 + Pages;
}
