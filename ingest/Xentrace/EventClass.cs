using System.Globalization;
using System.Numerics;

namespace Colocate.Ingest.Xentrace;

/// <summary>The class bits 27..16 of an event id (<c>xen/include/public/trace.h</c>).</summary>
internal static class EventClass
{
    internal const uint Mem = 0x010;
    internal const uint Pv = 0x020;
    internal const uint Guest = 0x800;

    private static readonly (uint Bit, string Name)[] s_names =
    [
        (0x001, "gen"), (0x002, "sched"), (0x004, "dom0op"), (0x008, "hvm"), (Mem, "mem"), (Pv, "pv"), (0x040, "shadow"), (0x080, "hw"), (Guest, "guest"),
    ];

    internal static uint Of(uint eventId) => (eventId >> 16) & 0xfff;

    /// <summary>One and only one class bit; a guest's own records carry the guest bit on top of any other.</summary>
    internal static bool IsValid(uint eventId)
    {
        uint bits = Of(eventId);
        return BitOperations.IsPow2(bits) || (bits & Guest) != 0;
    }

    /// <summary>True when an event mask, as the manifest gives it (<c>all</c>, or a number as for <c>xentrace -e</c>), lets a class through; false when none is given.</summary>
    internal static bool IsLetThrough(uint eventClass, string? mask)
    {
        if (mask is null)
            return false;
        if (mask.Equals("all", StringComparison.OrdinalIgnoreCase))
            return true;
        bool isHex = mask.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(isHex ? mask.AsSpan(2) : mask, isHex ? NumberStyles.HexNumber : NumberStyles.Integer, CultureInfo.InvariantCulture, out uint number)
            && (Of(number) & eventClass) != 0;
    }

    internal static string Name(uint eventId)
    {
        uint bits = Of(eventId);
        if ((bits & Guest) != 0)
            return "guest";
        foreach ((uint bit, string name) in s_names)
        {
            if (bits == bit)
                return name;
        }

        return "corrupt";
    }
}
