namespace Colocate.Model.Runs;

/// <summary>
/// Orders workload names as people do: digits by value, the rest by code point, so that 4KB stands before 10KB.
/// Pairs are kept with the smaller name first, because both orders of a pair are one pair.
/// </summary>
public sealed class WorkloadOrder : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static WorkloadOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (a.Length > 0 && b.Length > 0)
        {
            int digitsA = LeadingDigits(a), digitsB = LeadingDigits(b);
            int order = digitsA > 0 && digitsB > 0
                ? CompareNumbers(a[..digitsA], b[..digitsB])
                : a[0].CompareTo(b[0]);
            if (order != 0)
                return order;
            a = a[Math.Max(1, digitsA)..];
            b = b[Math.Max(1, digitsB)..];
        }

        int rest = a.Length.CompareTo(b.Length);
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    private static int LeadingDigits(ReadOnlySpan<char> text)
    {
        int n = 0;
        while (n < text.Length && char.IsAsciiDigit(text[n]))
            n++;
        return n;
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }
}
