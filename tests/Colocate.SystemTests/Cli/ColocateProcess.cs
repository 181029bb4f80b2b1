using System.Diagnostics;

namespace Colocate.SystemTests.Cli;

/// <summary>The program as its users start it: a process of its own.</summary>
internal static class ColocateProcess
{
    /// <summary>The program in the folder it is built to: beside these tests, libraries that belong to ASP.NET are left out.</summary>
    internal static string Program { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Colocate.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "colocate.dll"));

    internal static Process Start(params string[] args) => Start(isFed: false, args);

    /// <summary>The same with a standard input that the caller writes and closes.</summary>
    internal static Process StartFed(params string[] args) => Start(isFed: true, args);

    private static Process Start(bool isFed, string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = isFed, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Program);
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
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
