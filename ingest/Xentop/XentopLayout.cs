using System.Globalization;
using System.Text.RegularExpressions;

namespace Colocate.Ingest.Xentop;

/// <summary>
/// The columns that a header line announces. Values overflow their widths and names hold blanks and digits, so a line is read from its
/// right end: one value a column, then the six state letters; what remains is the name.
/// </summary>
/// <remarks>Column order and widths: <c>fields[]</c> in Xen's <c>tools/xentop/xentop.c</c>.</remarks>
internal sealed partial class XentopLayout
{
    private const int StateLetters = 6;

    /// <summary>Columns to the right of NAME and STATE, in order.</summary>
    private readonly string[] _columns;

    private XentopLayout(string[] columns) => _columns = columns;

    /// <summary>The layouts that Xen has printed so far: since 4.0, and before it.</summary>
    internal static IReadOnlyList<XentopLayout> Known { get; } =
    [
        OfHeader("NAME STATE CPU(sec) CPU(%) MEM(k) MEM(%) MAXMEM(k) MAXMEM(%) VCPUS NETS NETTX(k) NETRX(k) VBDS VBD_OO VBD_RD VBD_WR VBD_RSECT VBD_WSECT SSID")!,
        OfHeader("NAME STATE CPU(sec) CPU(%) MEM(k) MEM(%) MAXMEM(k) MAXMEM(%) VCPUS NETS NETTX(k) NETRX(k) VBDS VBD_OO VBD_RD VBD_WR SSID")!,
    ];

    /// <summary>The layout that a header line announces; null when the line is no complete header.</summary>
    internal static XentopLayout? OfHeader(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is ["NAME", "STATE", "CPU(sec)", "CPU(%)", .., "SSID"] ? new XentopLayout(words[2..]) : null;
    }

    /// <summary>Reads a domain line; null when it has not the columns of this layout.</summary>
    internal XentopLine? Parse(string line)
    {
        var values = new Dictionary<string, double>(_columns.Length);
        ReadOnlySpan<char> rest = line.AsSpan().TrimEnd();
        for (int i = _columns.Length - 1; i >= 0; i--)
        {
            int start = rest.LastIndexOf(' ') + 1;
            ReadOnlySpan<char> value = rest[start..];
            rest = rest[..start].TrimEnd();
            if (value is "limit" && rest.EndsWith(" no"))
                rest = rest[..^3].TrimEnd();
            else if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                values[_columns[i]] = number;
            else if (value is not ("-" or "n/a"))
                return null;
        }

        if (rest.Length < StateLetters || !State().IsMatch(rest[^StateLetters..]))
            return null;
        string state = rest[^StateLetters..].ToString();
        return new XentopLine(rest[..^StateLetters].Trim().ToString(), state, values);
    }

    [GeneratedRegex("^[d-][s-][b-][c-][p-][r-]$", RegexOptions.CultureInvariant)]
    private static partial Regex State();
}
