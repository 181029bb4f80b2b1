namespace Colocate.Model.Plans;

/// <summary>Divides work into chunks of about equal size.</summary>
internal static class ChunkDivision
{
    /// <summary>
    /// Gives every unit that is to be done a chunk: the largest first, each to the chunk with the least so far (Graham 1969, longest processing time first: the
    /// fullest chunk is at most 4/3 of the best division's). Depends on names and sizes alone, not on the order of the units.
    /// </summary>
    /// <param name="units">Units; those already done have a null <paramref name="isToDo"/>.</param>
    /// <param name="isToDo">Whether a unit is to be done.</param>
    /// <param name="chunks">At most how many.</param>
    internal static IReadOnlyList<WorkUnit> Divide(IReadOnlyList<WorkUnit> units, Func<WorkUnit, bool> isToDo, int chunks)
    {
        var loads = new PriorityQueue<int, (long Bytes, int Units, int Chunk)>();
        var chosen = new Dictionary<string, int>(StringComparer.Ordinal);
        WorkUnit[] toDo = [.. units.Where(isToDo).OrderByDescending(u => u.Bytes).ThenBy(u => u.Unit, StringComparer.Ordinal)];
        for (int i = 0; i < Math.Min(chunks, toDo.Length); i++)
            loads.Enqueue(i, (0, 0, i));
        foreach (WorkUnit unit in toDo)
        {
            loads.TryDequeue(out int chunk, out (long Bytes, int Units, int Chunk) load);
            chosen.Add(unit.Unit, chunk);
            loads.Enqueue(chunk, (load.Bytes + unit.Bytes, load.Units + 1, chunk));
        }

        return [.. units.OrderBy(u => u.Unit, StringComparer.Ordinal).Select(u => u with { Chunk = chosen.TryGetValue(u.Unit, out int chunk) ? chunk : null })];
    }
}
