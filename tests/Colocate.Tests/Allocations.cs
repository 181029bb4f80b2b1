namespace Colocate.Tests;

/// <summary>Counts what code allocates.</summary>
internal static class Allocations
{
    private const int Attempts = 5;

    /// <summary>
    /// Bytes that an action allocates on this thread. A thread takes its memory in pieces, and a collection that any thread asks for now and then counts what is left of the piece,
    /// up to 8 KiB, as allocated: what is found while one falls tells nothing, and the action, which must do as much each time, is done again.
    /// </summary>
    internal static long Of(Action action)
    {
        for (int attempt = 1; ; attempt++)
        {
            int collections = GC.CollectionCount(0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (bytes == 0 || GC.CollectionCount(0) == collections || attempt == Attempts)
                return bytes;
        }
    }
}
