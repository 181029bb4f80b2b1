using Colocate.Model.Errors;

namespace Colocate.Cli.Pipeline;

/// <summary>Writes an output file beside its place and moves it there when it is complete, so that nobody ever sees half of it.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, in a folder that is made when there is none.</summary>
    /// <exception cref="RequestException">The file cannot be written there (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static void Write(string path, Action<Stream> write) => Make(path, unfinished =>
    {
        using FileStream file = File.Create(unfinished);
        write(file);
        file.Flush(flushToDisk: true);
    });

    /// <summary>The same for what writes files by itself, given the path to write to.</summary>
    /// <exception cref="RequestException">The file cannot be written there (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static void Make(string path, Action<string> make)
    {
        CheckWritable(path);
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string unfinished = Unfinished(path);
        try
        {
            make(unfinished);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Fails when a file could not be written; leaves nothing behind. To be asked before long work whose result goes there.</summary>
    /// <exception cref="RequestException">It could not (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static void CheckWritable(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(full))
            throw Unwritable(path, "it is a folder");
        string folder = Path.GetDirectoryName(full)!;
        while (!Directory.Exists(folder))
        {
            if (File.Exists(folder))
                throw Unwritable(path, $"'{folder}' is a file, not a folder");
            folder = Path.GetDirectoryName(folder)!;
        }

        try
        {
            File.Create(Path.Combine(folder, Unfinished(Path.GetFileName(full))), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, $"no file can be made in '{folder}'");
        }
    }

    private static string Unfinished(string path) => path + ".unfinished";

    private static RequestException Unwritable(string path, string why) =>
        new(ExitCode.WrongUse, $"The output file '{path}' cannot be written: {why}", "name a file in a place that can be written to");
}
