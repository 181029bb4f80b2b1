namespace Colocate.Tests;

/// <summary>Counts what code allocates.</summary>
internal static class Allocations
{
    /// <summary>A thread takes its memory in such pieces; a collection that any thread asks for ends the piece, and what is left of it counts as allocated.</summary>
    private const long PieceBytes = 8192;

    /// <summary>Bytes that an action allocates on this thread, without what collections meanwhile account for.</summary>
    internal static long Of(Action action)
    {
        int collections = GC.CollectionCount(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return Math.Max(0, bytes - PieceBytes * (GC.CollectionCount(0) - collections));
    }
}
