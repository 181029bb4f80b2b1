using System.Globalization;
using Colocate.SystemTests.Cli;
using Colocate.SystemTests.Cluster;

namespace Colocate.SystemTests.Faults;

/// <summary>
/// The program while strace tampers with its system calls: what no seam of ours reaches, such as SQLite's own files, fails there as well. strace counts
/// calls by thread, so one number may hit one call in each of several. The program is given one core and one worker: two threads then make all
/// the calls in one order, and every one has its number; shared out over several, how many are reached is left to chance.
/// </summary>
internal static class TamperedCalls
{
    /// <summary>Why it cannot be done here; null when it can.</summary>
    internal static async Task<string?> MissingAsync()
    {
        if (Shell.Find("strace") is null)
            return "strace is not installed";
        try
        {
            await Shell.RunAsync("strace", new Dictionary<string, string>(), "-qq", "-f", "--seccomp-bpf", "-e", "trace=none", "true");
            return null;
        }
        catch (InvalidOperationException e)
        {
            return $"strace may not trace here: {e.Message}";
        }
    }

    /// <summary>Runs the program with the n-th of a system call failing, or with its death there.</summary>
    /// <param name="call">Name of the call.</param>
    /// <param name="what"><c>error=EIO</c> or <c>signal=KILL</c>.</param>
    /// <param name="number">Which one, from 1.</param>
    /// <param name="files">Counted are calls on these files alone; none for all.</param>
    /// <param name="args">Arguments of the program.</param>
    /// <returns>Exit code (137 when it was killed), both outputs, and how many calls were tampered with.</returns>
    internal static async Task<(int Code, string Out, string Error, int Hits)> RunAsync(string call, string what, int number, string[] files, params string[] args)
    {
        string log = Path.GetTempFileName();
        try
        {
            string only = string.Concat(files.Select(f => $" -P '{f}'"));

            // With its filter strace is three times as fast, and then sends no signals but at the first call.
            string filter = what.StartsWith("signal", StringComparison.Ordinal) ? "" : "--seccomp-bpf";
            string prelude = string.Create(CultureInfo.InvariantCulture, $"DOTNET_EnableDiagnostics=0 DOTNET_PROCESSOR_COUNT=1 DOTNET_ThreadPool_ForceMaxWorkerThreads=1 exec strace -f -qq {filter} -o '{log}' -e trace={call}{only} -e inject={call}:{what}:when={number}");
            (int code, string output, string error) = await ColocateProcess.RunBehindAsync(prelude, args);
            return (code, output, error, code == 137 ? 1 : File.ReadLines(log).Count(l => l.EndsWith("(INJECTED)", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(log);
        }
    }
}
