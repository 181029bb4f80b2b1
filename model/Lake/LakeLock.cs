using Colocate.Model.Errors;

namespace Colocate.Model.Lake;

/// <summary>Who may write to a lake: one process alone, or any number of workers. The system lets go of it when a process dies.</summary>
internal sealed class LakeLock : IDisposable
{
    internal const string FileName = "lake.lock";

    // What a lock held by another process looks like: EWOULDBLOCK, or ERROR_SHARING_VIOLATION on Windows.
    private const int WouldBlockLinux = 11, WouldBlockMac = 35, SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private LakeLock(FileStream file) => _file = file;

    /// <summary>Takes the lake alone.</summary>
    /// <exception cref="RequestException">Somebody writes to it (<see cref="ExitCode.Busy"/>).</exception>
    internal static LakeLock Alone(string folder) => Take(folder, FileAccess.ReadWrite, FileShare.None, "Another process writes to");

    /// <summary>Takes a place among workers.</summary>
    /// <exception cref="RequestException">A process has the lake alone (<see cref="ExitCode.Busy"/>).</exception>
    internal static LakeLock Shared(string folder) => Take(folder, FileAccess.Read, FileShare.Read, "A process that needs it alone writes to");

    private static LakeLock Take(string folder, FileAccess access, FileShare share, string who)
    {
        string path = Path.Combine(folder, FileName);
        if (new FileInfo(path).LinkTarget is not null)
            throw new RequestException(ExitCode.WrongUse, $"'{path}' is a link", "remove it: a lock is a file of the lake itself");
        try
        {
            return new LakeLock(new FileStream(path, FileMode.OpenOrCreate, access, share));
        }
        catch (IOException e) when (e.HResult is WouldBlockLinux or WouldBlockMac or SharingViolation)
        {
            throw new RequestException(ExitCode.Busy, $"{who} the lake at '{folder}'", "try again when it has finished");
        }
    }

    public void Dispose() => _file.Dispose();
}
