namespace Colocate.Model.Lake.Files;

/// <summary>
/// Hears of every operation on a lake's files just before it is done; one that throws an <see cref="IOException"/> makes it fail, as a full or dying disk
/// does. Promises about failures are proved through it: each operation fails once, and the lake is looked at.
/// </summary>
public interface IFileObserver
{
    /// <summary>An operation is about to be done. May be called from several threads.</summary>
    /// <param name="operation">Which.</param>
    /// <param name="path">On what, absolute.</param>
    void Before(FileOperation operation, string path);
}
