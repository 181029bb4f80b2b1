namespace Colocate.Cli.Report;

/// <summary>How the room for CSV files in a page is shared: small tables whole, what is left in equal parts.</summary>
public static class CsvShare
{
    /// <summary>Most bytes of one file, so that all of them together fit: the level up to which a common pool fills vessels of these sizes.</summary>
    /// <param name="sizes">Size of each whole file in bytes.</param>
    /// <param name="room">Bytes for all of them.</param>
    /// <returns>int.MaxValue when all fit whole.</returns>
    public static int Of(IReadOnlyCollection<int> sizes, long room)
    {
        int[] sorted = [.. sizes.Order()];
        for (int i = 0; i < sorted.Length; i++)
        {
            if ((long)sorted[i] * (sorted.Length - i) > room)
                return (int)(room / (sorted.Length - i));
            room -= sorted[i];
        }

        return int.MaxValue;
    }
}
