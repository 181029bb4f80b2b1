namespace Colocate.Model.Lake.Files;

/// <summary>The file that a path leads to, through links.</summary>
public static class RealFile
{
    /// <summary>
    /// Its length in bytes. 0 when it is empty or not there, and for what has no length: opening a named pipe that nobody writes to, or a device, could wait for ever, so that
    /// nothing without a length is opened.
    /// </summary>
    /// <param name="path">The file, or a link to it.</param>
    public static long Length(string path)
    {
        try
        {
            var named = new FileInfo(path);
            FileSystemInfo? real = named.LinkTarget is null ? named : named.ResolveLinkTarget(returnFinalTarget: true);
            return real is FileInfo { Exists: true } file ? file.Length : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
