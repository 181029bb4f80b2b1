using Colocate.Model.Lake.Files;

namespace Colocate.Tests.Faults;

/// <summary>A disk of which one operation fails, or that one and all after it.</summary>
/// <param name="failing">Number of the operation, from 1.</param>
/// <param name="forever">True when it stays broken.</param>
internal sealed class FailingDisk(int failing, bool forever) : IFileObserver
{
    private int _count;

    /// <summary>Operations so far.</summary>
    internal int Count => _count;

    /// <summary>The one that failed; null when there was none.</summary>
    internal string? Failed { get; private set; }

    public void Before(FileOperation operation, string path)
    {
        int number = Interlocked.Increment(ref _count);
        if (number != failing && !(forever && number > failing))
            return;
        Failed ??= $"{operation} {Path.GetFileName(path)}";
        throw new IOException($"No space left on device : '{path}'");
    }
}
