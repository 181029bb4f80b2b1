using System.Diagnostics;

namespace Colocate.SystemTests.Cluster;

/// <summary>Programs of the machine.</summary>
internal static class Shell
{
    /// <summary>Path of a program on PATH or where Debian keeps those of administrators; null when there is none.</summary>
    internal static string? Find(string program) =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(["/usr/sbin", "/sbin", "/usr/lib/postgresql/15/bin"])
         let path = Path.Combine(folder, program)
         where File.Exists(path)
         select path).FirstOrDefault();

    /// <summary>Runs a program to its end; fails with what it says when it does not end well.</summary>
    internal static async Task<string> RunAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo(Find(program) ?? program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', args)} ended with {process.ExitCode}: {await error}{await output}");
        return await output;
    }
}
