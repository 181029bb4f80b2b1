using System.Text;

namespace Colocate.Ingest.Xentop;

/// <summary>Domain names as xentop prints them.</summary>
internal static class XentopName
{
    /// <summary>xentop cuts names to this many bytes unless told otherwise (<c>-f</c>; tools/xentop/xentop.c).</summary>
    private const int CutBytes = 10;

    /// <summary>True when a printed name is the domain's, in full or cut.</summary>
    internal static bool Matches(string printed, string domain)
    {
        if (printed == domain)
            return true;
        byte[] bytes = Encoding.UTF8.GetBytes(domain);
        return bytes.Length > CutBytes && printed == Encoding.UTF8.GetString(bytes.AsSpan(0, CutBytes));
    }
}
