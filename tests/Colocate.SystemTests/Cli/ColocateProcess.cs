using System.Diagnostics;

namespace Colocate.SystemTests.Cli;

/// <summary>The program as its users start it: a process of its own.</summary>
internal static class ColocateProcess
{
    /// <summary>The program in the folder it is built to: beside these tests, libraries that belong to ASP.NET are left out.</summary>
    internal static string Program { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Colocate.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "colocate.dll"));

    internal static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Program);
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    /// <summary>Starts the program behind a line of POSIX shell that sets limits, or behind another program that watches it, with a standard input to be fed or none.</summary>
    /// <param name="prelude">What comes before the command: <c>ulimit -d 1000; exec</c>, say.</param>
    /// <param name="isFed">True when the caller writes and closes standard input.</param>
    /// <param name="args">Arguments of the program.</param>
    internal static Process StartBehind(string prelude, bool isFed, params string[] args)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = isFed, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string arg in (string[])["-c", prelude + " dotnet \"$@\"", "sh", Program, .. args])
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    /// <summary>Runs the program to its end behind such a line.</summary>
    internal static async Task<(int Code, string Out, string Error)> RunBehindAsync(string prelude, params string[] args)
    {
        using Process process = StartBehind(prelude, isFed: false, args);
        return await EndAsync(process);
    }

    /// <summary>Runs a line as a user would type it into a POSIX shell in a folder.</summary>
    internal static async Task<(int Code, string Out, string Error)> RunInAsync(string folder, string line)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"colocate() {{ dotnet '{Program}' \"$@\"; }}; {line}");
        using Process process = Process.Start(start)!;
        return await EndAsync(process);
    }

    internal static async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        using Process process = Start(args);
        return await EndAsync(process);
    }

    private static async Task<(int Code, string Out, string Error)> EndAsync(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
