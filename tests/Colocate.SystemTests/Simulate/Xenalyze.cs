using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Colocate.SystemTests.Simulate;

/// <summary>Xen's own analyser of traces, if the machine has it (Debian: xen-utils-common).</summary>
internal static partial class Xenalyze
{
    /// <summary>Path of xenalyze; null when it is neither on PATH nor where Debian's other Xen tools lie.</summary>
    public static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append("/usr/sbin")
         let path = Path.Combine(folder, "xenalyze")
         where File.Exists(path)
         select path).FirstOrDefault();

    /// <summary>Its summary of a trace whose clock has 1 GHz.</summary>
    public static string[] Summary(string xenalyze, string trace)
    {
        var start = new ProcessStartInfo(xenalyze, ["--cpu-hz", "1G", "--summary", trace]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        // It complains there about states that do not follow from each other, clocks that must be shifted, and records it cannot read.
        Assert.DoesNotMatch(@"(?i)mismatch|skew|unknown|unexpected|strange|error|fatal|warn|!=", error.Result);
        return output.Split('\n');
    }

    /// <summary>Time of each vcpu in each run state, in ticks: number of stays times their average, which is rounded down.</summary>
    public static Dictionary<(int Domid, int Vcpu, string State), (long Count, long Ticks)> RunStates(IEnumerable<string> summary)
    {
        var states = new Dictionary<(int, int, string), (long, long)>();
        int domid = -1, vcpu = -1;
        foreach (string line in summary)
        {
            if (DomainLine().Match(line) is { Success: true } domain)
                (domid, vcpu) = (Number(domain.Groups[1]), -1);
            else if (VcpuLine().Match(line) is { Success: true } v)
                vcpu = Number(v.Groups[1]);
            else if (vcpu >= 0 && StateLine().Match(line) is { Success: true } s)
                states[(domid, vcpu, s.Groups[1].Value)] = (Number(s.Groups[2]), (long)Number(s.Groups[2]) * Number(s.Groups[3]));
        }

        return states;
    }

    /// <summary>Hypercalls of a number, by domain.</summary>
    public static Dictionary<int, long> Hypercalls(IEnumerable<string> summary, int number)
    {
        var calls = new Dictionary<int, long>();
        int domid = -1;
        foreach (string line in summary)
        {
            if (DomainLine().Match(line) is { Success: true } domain)
                domid = Number(domain.Groups[1]);
            else if (HypercallLine().Match(line) is { Success: true } call && Number(call.Groups[1]) == number)
                calls[domid] = Number(call.Groups[2]);
        }

        return calls;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\|-- Domain (\d+) --\|")]
    private static partial Regex DomainLine();

    [GeneratedRegex(@"^-- v(\d+) --")]
    private static partial Regex VcpuLine();

    [GeneratedRegex(@"^ +(running|runnable|blocked|offline): +(\d+) +[\d.]+s +(\d+) \{")]
    private static partial Regex StateLine();

    [GeneratedRegex(@"^ +\w+ +\[(\d+)\]: +(\d+)")]
    private static partial Regex HypercallLine();
}
