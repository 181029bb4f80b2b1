using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>
/// Holds our per-vcpu totals against the stored output of Xen's own analyser. Its rules differ where it starts and ends: it drops the
/// time before a vcpu first runs (one whose first record says that it goes on running counts from the start), and closes only what runs when the trace ends. Taking just that away, cycles must agree to the
/// rounding of its averages.
/// </summary>
public sealed partial class XenalyzeAgreementTests
{
    /// <summary>Folder of a whole lab, where one is given; the sample lab is always tested.</summary>
    private const string WholeLabVariable = "COLOCATE_WHOLE_LAB";

    public static TheoryData<string> SampleRuns() => [.. RunsWithReference(Repository.SampleLab)];

    [Theory]
    [MemberData(nameof(SampleRuns))]
    public void Vcpu_totals_of_the_sample_traces_agree_with_xenalyze(string run) => AssertAgrees(Path.Combine(Repository.SampleLab, "runs", run));

    [GivenFact(WholeLabVariable)]
    public void Vcpu_totals_of_a_whole_lab_agree_with_xenalyze()
    {
        string lab = GivenFactAttribute.Value(WholeLabVariable);
        string[] runs = [.. RunsWithReference(lab)];
        Assert.NotEmpty(runs);
        int compared = runs.Sum(run => AssertAgrees(Path.Combine(lab, "runs", run)));
        TestContext.Current.SendDiagnosticMessage($"{runs.Length} traces, {compared} totals compared");
    }

    private static IEnumerable<string> RunsWithReference(string lab) =>
        Directory.EnumerateFiles(Path.Combine(lab, "runs"), "xenalyze.txt", SearchOption.AllDirectories)
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)).Order(StringComparer.Ordinal);

    private static int AssertAgrees(string folder)
    {
        string trace = Path.Combine(folder, "xentrace.bin.zst");
        (RowSink rows, _) = TraceReading.Read(() => TraceReading.Open(trace), TraceReading.Manifest(folder));
        var edges = new EdgeTimes();
        using (Stream content = TraceReading.Open(trace))
            RecordSink.Read(content, edges.OnRecord);

        int compared = 0;
        foreach ((int domid, int vcpu, string state, long count, long average) in Reference(Path.Combine(folder, "xenalyze.txt")))
        {
            VcpuStateRow row = rows.Of<VcpuStateRow>().Single(r => r.Domid == domid && r.Vcpu == vcpu);
            (long ours, RunState runState) = state switch
            {
                "running" => (row.RunningCycles, RunState.Running),
                "runnable" => (row.RunnableCycles, RunState.Runnable),
                _ => (row.BlockedCycles, RunState.Blocked),
            };
            long comparable = ours - edges.LeftOut(domid, vcpu, runState);
            long difference = Math.Abs(comparable - count * average);
            Assert.True(difference <= count, $"{Path.GetFileName(folder)} d{domid}v{vcpu} {state}: ours {comparable}, xenalyze {count} x {average}, off by {difference}");
            compared++;
        }

        Assert.True(compared >= 5, $"{folder}: only {compared} totals in the reference");
        return compared;
    }

    private static IEnumerable<(int Domid, int Vcpu, string State, long Count, long Average)> Reference(string path)
    {
        int domid = -1, vcpu = -1;
        foreach (string line in File.ReadLines(path))
        {
            if (DomainLine().Match(line) is { Success: true } domain)
                (domid, vcpu) = (int.Parse(domain.Groups[1].Value, CultureInfo.InvariantCulture), -1);
            else if (VcpuLine().Match(line) is { Success: true } v)
                vcpu = int.Parse(v.Groups[1].Value, CultureInfo.InvariantCulture);
            else if (vcpu >= 0 && StateLine().Match(line) is { Success: true } s)
                yield return (domid, vcpu, s.Groups[1].Value, long.Parse(s.Groups[2].Value, CultureInfo.InvariantCulture), long.Parse(s.Groups[3].Value, CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex(@"^\|-- Domain (\d+) --\|")]
    private static partial Regex DomainLine();

    [GeneratedRegex(@"^-- v(\d+) --")]
    private static partial Regex VcpuLine();

    [GeneratedRegex(@"^ +(running|runnable|blocked): +(\d+) +[\d.]+s +(\d+) \{")]
    private static partial Regex StateLine();

    /// <summary>The time that xenalyze leaves out: before a vcpu first runs, and after its last record unless it runs.</summary>
    private sealed class EdgeTimes
    {
        private readonly Dictionary<uint, (Dictionary<RunState, long> Before, ulong Since, RunState State, bool HasRun)> _vcpus = [];
        private ulong _first;
        private ulong _last;

        internal void OnRecord(int pcpu, uint eventId, ulong tsc, ReadOnlySpan<uint> payload)
        {
            _first = _first == 0 ? tsc : _first;
            _last = tsc;
            bool continues = eventId == 0x21002;
            if ((eventId & 0xffff00f) != 0x21001 && !continues)
                return;
            RunState old = continues ? RunState.Running : (RunState)((eventId >> 8) & 3), to = continues ? RunState.Running : (RunState)((eventId >> 4) & 3);
            if (!_vcpus.TryGetValue(payload[0], out var vcpu))
                vcpu = ([], _first, old, false);
            if (!vcpu.HasRun && !continues)
                vcpu.Before[old] = vcpu.Before.GetValueOrDefault(old) + (long)(tsc - vcpu.Since);
            _vcpus[payload[0]] = (vcpu.Before, tsc, to, vcpu.HasRun || to == RunState.Running);
        }

        internal long LeftOut(int domid, int vcpu, RunState state)
        {
            var (before, since, last, _) = _vcpus[(uint)(domid << 16 | vcpu)];
            return before.GetValueOrDefault(state) + (last == state && state != RunState.Running ? (long)(_last - since) : 0);
        }
    }
}
