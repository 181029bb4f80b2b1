namespace Colocate.Cli.Pipeline;

/// <summary>Writes an output file beside its place and moves it there when it is complete, so that nobody ever sees half of it.</summary>
internal static class WholeFile
{
    internal static void Write(string path, Action<Stream> write)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string unfinished = path + ".unfinished";
        try
        {
            using (FileStream file = File.Create(unfinished))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
