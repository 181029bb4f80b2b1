using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Ingest.Formats;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>
/// Holds hypercalls by number, and waiting by its cause, against the stored output of Xen's own analyser. It leaves
/// out what a vcpu waited before it first ran and after its last record.
/// </summary>
public sealed partial class XenalyzeCountsTests
{
    private const string WholeLabVariable = "COLOCATE_WHOLE_LAB";

    private const long MaxEdgeCycles = 780_000_000;

    public static TheoryData<string> SampleRuns() => [.. RunsWithReference(Repository.SampleLab)];

    [Theory]
    [MemberData(nameof(SampleRuns))]
    public void Hypercalls_and_causes_of_waiting_in_the_sample_traces_agree_with_xenalyze(string run) => AssertAgrees(Path.Combine(Repository.SampleLab, "runs", run));

    [GivenFact(WholeLabVariable)]
    public void Hypercalls_and_causes_of_waiting_in_a_whole_lab_agree_with_xenalyze()
    {
        string lab = GivenFactAttribute.Value(WholeLabVariable);
        Assert.All(RunsWithReference(lab), run => AssertAgrees(Path.Combine(lab, "runs", run)));
    }

    private static IEnumerable<string> RunsWithReference(string lab) =>
        Directory.EnumerateFiles(Path.Combine(lab, "runs"), "xenalyze.txt", SearchOption.AllDirectories)
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)).Order(StringComparer.Ordinal);

    private static void AssertAgrees(string folder)
    {
        string trace = Path.Combine(folder, "xentrace.bin.zst");
        (RowSink rows, _) = TraceReading.Read(() => TraceReading.Open(trace), TraceReading.Manifest(folder));
        int compared = 0;
        foreach (Vcpu theirs in Read(Path.Combine(folder, "xenalyze.txt")))
        {
            // Nothing wakes or preempts the idle domain; both programs tell what it waits for by the letter of its records.
            if (theirs.Domid >= 32752)
                continue;
            VcpuStateRow ours = rows.Of<VcpuStateRow>().Single(r => r.Domid == theirs.Domid && r.Vcpu == theirs.Number);

            // One wait at each end, before the first run and after the last record, none of them above 0.3 s. A wait put down to the wrong cause
            // would leave the other one short, whatever lies there.
            long edges = ours.RunnableCycles - theirs.Waits.Values.Sum(w => w.Cycles), rounding = theirs.Waits.Values.Sum(w => w.Count);
            Assert.InRange(edges, -rounding, MaxEdgeCycles + rounding);
            foreach ((string cause, (long count, long cycles)) in theirs.Waits)
            {
                long own = cause == "wake" ? ours.WaitAfterWakeCycles : ours.WaitAfterPreemptionCycles;
                Assert.InRange(own - cycles, -count, Math.Max(edges, 0) + rounding);
                compared++;
            }

            if (theirs.Hypercalls.Count == 0)
                continue;
            Assert.Equal(theirs.Hypercalls, rows.Of<TraceCallRow>().Where(c => c.Domid == theirs.Domid && c.Kind == "hypercall").ToDictionary(c => c.Number!.Value, c => c.Records));
            compared++;
        }

        Assert.True(compared >= 2, $"{folder}: only {compared} figures in the reference");
    }

    private static List<Vcpu> Read(string path)
    {
        var vcpus = new List<Vcpu>();
        int domid = -1;
        foreach (string line in File.ReadLines(path))
        {
            Vcpu? vcpu = vcpus.Count > 0 && vcpus[^1].Domid == domid ? vcpus[^1] : null;
            if (DomainLine().Match(line) is { Success: true } domain)
                domid = Whole(domain, 1);
            else if (VcpuLine().Match(line) is { Success: true } v)
                vcpus.Add(new Vcpu(domid, Whole(v, 1)));
            else if (vcpu is not null && WaitLine().Match(line) is { Success: true } w)
                vcpu.Waits[w.Groups[1].Value] = (Whole(w, 2), Whole(w, 2) * long.Parse(w.Groups[3].Value, CultureInfo.InvariantCulture));
            else if (vcpu is not null && CallLine().Match(line) is { Success: true } c)
                vcpu.Hypercalls[Whole(c, 1)] = Whole(c, 2);
        }

        return vcpus;
    }

    private static int Whole(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\|-- Domain (\d+) --\|")]
    private static partial Regex DomainLine();

    [GeneratedRegex(@"^-- v(\d+) --")]
    private static partial Regex VcpuLine();

    [GeneratedRegex(@"^ +(wake|preempt): +(\d+) +[\d.]+s +(\d+) \{")]
    private static partial Regex WaitLine();

    [GeneratedRegex(@"^    \S+ +\[ *(\d+)\]: +(\d+)$")]
    private static partial Regex CallLine();

    private sealed class Vcpu(int domid, int number)
    {
        internal int Domid => domid;

        internal int Number => number;

        internal Dictionary<string, (long Count, long Cycles)> Waits { get; } = [];

        internal Dictionary<int, long> Hypercalls { get; } = [];
    }
}
