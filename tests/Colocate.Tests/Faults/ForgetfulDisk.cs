using Colocate.Model.Lake.Files;

namespace Colocate.Tests.Faults;

/// <summary>
/// A disk whose power fails at one operation: nothing is done from then on, and names that were made, changed or removed in a folder since it was last flushed
/// may be what they were before. Bytes of a file that was not flushed may be gone; that such a file never takes a final name is asserted instead.
/// </summary>
/// <param name="failing">Number of the operation, from 1; null when the power stays.</param>
internal sealed class ForgetfulDisk(int? failing) : IFileObserver
{
    private readonly object _gate = new();
    private readonly List<(string Folder, Action Undo)> _names = [];
    private readonly HashSet<string> _unflushed = [];
    private int _count;
    private bool _isNew;

    /// <summary>Operations before which a name was made, changed or removed that the loss of power would take back.</summary>
    internal List<int> Vulnerable { get; } = [];

    public void Before(FileOperation operation, string path)
    {
        lock (_gate)
        {
            if (++_count >= failing)
                throw new IOException($"Input/output error : '{path}'");
            if (_isNew)
                Vulnerable.Add(_count);
            _isNew = false;
            string folder = Path.GetDirectoryName(path)!;
            switch (operation)
            {
                case FileOperation.CreateFolder:
                    Note(folder, () => DeleteFolder(path));
                    break;
                case FileOperation.Create:
                    _unflushed.Add(path);
                    break;
                case FileOperation.Write:
                    Assert.Contains(path, _unflushed);
                    break;
                case FileOperation.Flush:
                    _unflushed.Remove(path);
                    break;
                case FileOperation.Rename or FileOperation.Delete when !Directory.Exists(path):
                    byte[]? before = File.Exists(path) ? File.ReadAllBytes(path) : null;
                    _unflushed.Remove(path);
                    Note(folder, () => Restore(path, before));
                    break;
                case FileOperation.FlushFolder:
                    _names.RemoveAll(n => n.Folder == path);
                    break;
            }
        }
    }

    /// <summary>Takes back what was done to names in folders that were not flushed since, of those below one.</summary>
    internal void Forget(string below)
    {
        // A file that is not where it was made, and was not flushed, has been given its final name before its bytes were durable.
        Assert.All(_unflushed, path => Assert.True(File.Exists(path) || !Directory.Exists(Path.GetDirectoryName(path)), $"{path} was renamed before it was flushed"));
        foreach ((_, Action undo) in _names.Where(n => n.Folder.StartsWith(below, StringComparison.Ordinal)).Reverse())
            undo();
    }

    private void Note(string folder, Action undo)
    {
        _names.Add((folder, undo));
        _isNew = true;
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static void Restore(string path, byte[]? before)
    {
        if (before is not null && Directory.Exists(Path.GetDirectoryName(path)))
            File.WriteAllBytes(path, before);
        else
            File.Delete(path);
    }
}
