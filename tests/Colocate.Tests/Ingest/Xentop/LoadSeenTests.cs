using Colocate.Ingest.Xentop;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentop;

public sealed class LoadSeenTests
{
    [Theory]
    [InlineData(new[] { 0, 50, 100, 150, 200, 250 }, 1, 5)]
    [InlineData(new[] { 0, 50, 100, 150, 180, 180, 180 }, 1, 3)]
    [InlineData(new[] { 0, 0, 0, 30, 80, 130, 180, 181 }, 4, 5)]
    [InlineData(new[] { 0, 50, 50, 100, 100, 150 }, 1, 5)]
    public void The_load_lasts_from_the_first_to_the_last_traffic_whole_iterations_only(int[] sentKib, int first, int last) =>
        Assert.Equal((first, last), LoadSeen.Find(Reading.Run(), Log(sentKib, nets: 1)));

    [Fact]
    public void Without_counters_or_without_a_loaded_guest_nothing_tells()
    {
        Assert.Null(LoadSeen.Find(Reading.Run(), Log([0, 50, 100], nets: 0)));
        Assert.Null(LoadSeen.Find(Reading.Run() with { Domains = [Reading.Run().Domains[0]] }, Log([0, 50, 100], nets: 1)));
        Assert.Equal((1, 2), LoadSeen.Find(Reading.Run() with { Kind = RunKind.Idle, Domains = [Reading.Run().Domains[0]] }, Log([0, 0, 0], nets: 1)));
    }

    /// <summary>Where the manifest does say when xentop began, reading the load off the traffic must give nearly the same CPU.</summary>
    [Theory]
    [InlineData("base-1-r1")]
    [InlineData("base-100-r1")]
    [InlineData("pair-30-50")]
    [InlineData("sweep-1-100-p10")]
    [InlineData("solo-100-p20")]
    public void It_agrees_with_the_manifest_of_real_runs(string name)
    {
        string folder = Path.Combine(Repository.SampleLab, "runs", name);
        RunManifest run = ManifestReader.Parse(File.ReadAllBytes(Path.Combine(folder, "run.json")), "", out _)!;
        byte[] log = File.ReadAllBytes(Path.Combine(folder, "xentop.txt"));
        Assert.Equal(Cpu(Reading.Of(new XentopFormat(), log, run)), Cpu(Reading.Of(new XentopFormat(), log, run with { Trace = null })), 0.02);

        static double Cpu(Reading reading) => reading.Rows.Of<XentopSampleRow>().Where(r => r is { InLoadWindow: true, Domain: "Domain-0" }).Average(r => r.CpuFraction!.Value);
    }

    private static XentopSampleRow[] Log(int[] sentKib, int nets) =>
        [.. sentKib.Select((kib, i) => new XentopSampleRow { Domain = "vm1", SampleIndex = i, Nets = nets, NetTxKib = 0, NetRxKib = kib })];
}
