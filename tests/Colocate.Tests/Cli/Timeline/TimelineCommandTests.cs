using System.Text.Json.Nodes;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Simulate.Parameters;
using Colocate.Tests.Simulate.Parameters;

namespace Colocate.Tests.Cli.Timeline;

/// <summary>Timelines of real runs, as an independent reader sees them.</summary>
public sealed class TimelineCommandTests
{
    private static readonly string[] s_states = ["running", "runnable", "blocked", "offline", "unknown: records lost"];

    [Theory]
    [InlineData("pair-1-100")]
    [InlineData("pair-1-1")]
    [InlineData("idle-guests")]
    public async Task Time_per_vcpu_and_state_equals_the_tables_to_a_microsecond(string run)
    {
        using var lab = new LabCopy(run);
        await IngestAsync(lab);
        JsonObject tracks = await TimelineAsync(lab, run);
        using Lake lake = Lake.Open(lab.Lake);
        double hz = (await lake.ReadAsync<RunRow>()).Single().TscHz!.Value;
        VcpuStateRow[] vcpus = [.. (await lake.ReadAsync<VcpuStateRow>()).Where(v => v.Domain != "idle")];
        Assert.True(vcpus.Length >= (run == "idle-guests" ? 1 : 3));
        foreach (VcpuStateRow vcpu in vcpus)
        {
            JsonNode lane = tracks[$"{run}, measured/{vcpu.Domain}/vcpu {vcpu.Vcpu}"]!;
            foreach ((string state, long cycles) in s_states.Zip([vcpu.RunningCycles, vcpu.RunnableCycles, vcpu.BlockedCycles, vcpu.OfflineCycles, vcpu.LostCycles]))
                Assert.True(Math.Abs(Ns(lane, state) - (cycles * 1e9 / hz)) <= 1000, $"{vcpu.Domain}/{vcpu.Vcpu} {state}: {Ns(lane, state)} ns instead of {cycles * 1e9 / hz}");
            Assert.InRange((double)tracks[$"{run}, measured/pcpu 0"]!["ns"]![$"{vcpu.Domain} vcpu {vcpu.Vcpu}"]! - Ns(lane, "running"), -1000, 1000);
        }

        DomainMetricsRow dom0 = (await lake.ReadAsync<DomainMetricsRow>()).Single(d => d.Domid == 0);
        Assert.Equal(dom0.CpuFraction!.Value, Ns(tracks[$"{run}, measured/Domain-0/vcpu 0"]!, "running") / (dom0.WindowS!.Value * 1e9), 6);
    }

    [Fact]
    public async Task Figures_per_interval_have_units_and_their_mean_is_the_metric()
    {
        using var lab = new LabCopy("pair-1-100");
        await IngestAsync(lab);
        JsonObject tracks = await TimelineAsync(lab, "pair-1-100", "--interval", "0.5");
        using Lake lake = Lake.Open(lab.Lake);
        HostMetricsRow host = (await lake.ReadAsync<HostMetricsRow>()).Single();
        DomainMetricsRow dom0 = (await lake.ReadAsync<DomainMetricsRow>()).Single(d => d.Domid == 0);
        foreach ((string track, string unit, double metric) in new[]
        {
            ("trace events", "1/s", host.EventsPerS!.Value), ("pages exchanged", "1/s", host.PagesPerS!.Value), ("switches", "1/s", host.SwitchesPerS!.Value),
            ("Domain-0/cpu share of one pcpu", "fraction", dom0.CpuFraction!.Value),
        })
        {
            JsonNode figure = tracks["pair-1-100, measured/" + track]!;
            Assert.Equal(unit, (string)figure["unit"]!);
            double[][] values = [.. figure["values"]!.AsArray().Select(v => new[] { (double)v![0]! / 1e9, (double)v[1]! })];
            Assert.Equal(Enumerable.Range(0, values.Length).Select(i => i * 0.5), values.Select(v => v[0]));
            double total = values.Index().Sum(v => v.Item[1] * (Math.Min((v.Index + 1) * 0.5, host.WindowS!.Value) - (v.Index * 0.5)));
            Assert.Equal(1, total / host.WindowS!.Value / metric, 6);
        }
    }

    [Fact]
    public async Task A_simulation_stands_beside_the_run_whether_made_now_or_before()
    {
        using var lab = new LabCopy("pair-1-100");
        await IngestAsync(lab);
        string parameters = lab.Other("params.json"), trace = lab.Other("sim.bin");
        using (FileStream file = File.Create(parameters))
            ParameterFile.Write(file, CalibratedHosts.Slow with { SpeedSd = 0 });
        CommandLine.Outcome simulated = await CommandLine.RunAsync("simulate", "--params", parameters, "--lake", lab.Lake, "--like", "pair-1-100", "-n", "1", "--xentrace", trace, "--quiet");
        Assert.True(simulated.Code == 0, simulated.Error);
        JsonObject made = await TimelineAsync(lab, "pair-1-100", "--params", parameters), given = await TimelineAsync(lab, "pair-1-100", "--simulated", trace);
        Assert.Equal(given.ToJsonString(), made.ToJsonString());
        Assert.Equal([0, 1], made.Where(t => !t.Key.Contains('/', StringComparison.Ordinal)).Select(t => (int)t.Value!["rank"]!));
        JsonObject guest = simulated.Json.Single()["vms"]![0]!.AsObject(), dom0 = simulated.Json.Single()["dom0"]!.AsObject();
        foreach ((string domain, JsonObject printed) in new[] { ("Domain-0", dom0), ("vm1", guest) })
        {
            JsonNode lane = made[$"pair-1-100, simulated/{domain}/vcpu 0"]!;
            double windowNs = lane["ns"]!.AsObject().Sum(s => (double)s.Value!);
            Assert.Equal((double)printed["cpu_fraction"]!, Ns(lane, "running") / windowNs, 3);
        }

        Assert.False(File.Exists(lab.Other("run.pftrace.simulated")));
    }

    [Fact]
    public async Task A_part_of_a_run_is_cut_at_its_edges()
    {
        using var lab = new LabCopy("pair-1-100");
        await IngestAsync(lab);
        JsonObject tracks = await TimelineAsync(lab, "pair-1-100", "--from", "2", "--to", "2.5s");
        foreach ((string path, JsonNode? lane) in tracks.Where(t => t.Value!["first"] is not null))
        {
            Assert.InRange((double)lane!["first"]!, 2e9, 2.5e9);
            Assert.InRange((double)lane["last"]!, 2e9, 2.5e9);
            if (path.Contains("/vcpu ", StringComparison.Ordinal))
                Assert.Equal(0.5e9, lane["ns"]!.AsObject().Sum(s => (double)s.Value!));
        }
    }

    [Fact]
    public async Task Lost_records_are_instants_and_their_time_is_no_state()
    {
        using var lab = new LabCopy("pair-1-1");
        using var folder = new TemporaryFolder();
        string trace = Path.Combine(Repository.Corpus, "bad", "xentrace", "lost-records-on-one-of-two-pcpus.bin");
        await CommandLine.RunAsync("ingest", trace, "--lake", lab.Lake, "--assume", "tsc_hz=1e9", "--quiet");
        JsonObject tracks = await TimelineAsync(lab, "lost-records-on-one-of-two-pcpus");
        JsonNode instant = tracks["lost-records-on-one-of-two-pcpus, measured/lost records"]!["instants"]!.AsArray().Single()!;
        Assert.True((long)instant["records"]! > 0);
        using Lake lake = Lake.Open(lab.Lake);
        VcpuStateRow[] lost = [.. (await lake.ReadAsync<VcpuStateRow>()).Where(v => v is { LostCycles: > 0, Domain: not "idle" })];
        Assert.NotEmpty(lost);
        foreach (VcpuStateRow vcpu in lost)
            Assert.Equal(vcpu.LostCycles, Ns(tracks[$"lost-records-on-one-of-two-pcpus, measured/{vcpu.Domain}/vcpu {vcpu.Vcpu}"]!, "unknown: records lost"));
    }

    [Fact]
    public async Task A_hostile_name_stays_one_line_of_plain_text()
    {
        using var lab = new LabCopy("pair-1-1");
        lab.Edit("pair-1-1", m => m["domains"]!.AsArray().First(d => (string)d!["name"]! != "Domain-0")!["name"] = "\u202E<script>\u200B" + new string('x', 100));
        CommandLine.Outcome ingested = await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake, "--quiet");
        Assert.Contains(ingested.Code, new[] { 0, 3 });
        JsonObject tracks = await TimelineAsync(lab, "pair-1-1");
        Assert.Contains(tracks, t => t.Key.StartsWith("pair-1-1, measured/\uFFFD<script>\uFFFDxxx", StringComparison.Ordinal));
        Assert.DoesNotContain(tracks, t => t.Key.Any(c => c is '\u202E' or '\u200B'));
    }

    [Fact]
    public async Task A_trace_that_changed_since_it_was_ingested_is_refused_and_nothing_is_left()
    {
        using var lab = new LabCopy("idle-guests");
        await IngestAsync(lab);
        string other = Path.Combine(Repository.SampleLab, "runs", "idle-host", "xentrace.bin.zst");
        File.Copy(other, lab.File("idle-guests", "xentrace.bin.zst"), overwrite: true);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("timeline", "idle-guests", "--lake", lab.Lake, "--out", lab.Other("x.pftrace"));
        Assert.Equal(4, outcome.Code);
        Assert.Contains("is not the one that was ingested", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(lab.Other("x.pftrace")) || File.Exists(lab.Other("x.pftrace.unfinished")));
    }

    [Theory]
    [InlineData("no-such-run", "There is no run 'no-such-run'", 4)]
    [InlineData("base-1-r2", "has no usable trace", 4)]
    [InlineData("idle-guests --from 3 --to 2", "--to must lie after --from", 2)]
    [InlineData("idle-guests --interval 0", "--interval must lie between", 2)]
    [InlineData("idle-guests --run idle-guests", "name one run", 2)]
    [InlineData("idle-guests --simulated nowhere.bin", "'nowhere.bin' does not exist", 4)]
    public async Task What_cannot_be_drawn_is_said(string arguments, string expected, int code)
    {
        using var lab = new LabCopy("idle-guests", "base-1-r2");
        await IngestAsync(lab);
        CommandLine.Outcome outcome = await CommandLine.RunAsync(["timeline", .. arguments.Split(' '), "--lake", lab.Lake, "--out", lab.Other("x.pftrace")]);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(lab.Other("x.pftrace")));
    }

    [Fact]
    public async Task A_lab_that_moved_is_found_where_it_is_said_to_be()
    {
        using var lab = new LabCopy("idle-guests");
        await IngestAsync(lab);
        Directory.Move(lab.Lab, lab.Other("moved"));
        CommandLine.Outcome lost = await CommandLine.RunAsync("timeline", "--run", "idle-guests", "--lake", lab.Lake, "--out", lab.Other("x.pftrace"));
        Assert.Equal(4, lost.Code);
        Assert.Contains("--lab DIR", lost.Error, StringComparison.Ordinal);
        CommandLine.Outcome found = await CommandLine.RunAsync("timeline", "--run", "idle-guests", "--lake", lab.Lake, "--out", lab.Other("x.pftrace"), "--lab", lab.Other("moved"));
        Assert.Equal(0, found.Code);
    }

    private static async Task IngestAsync(LabCopy lab) => Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake, "--quiet")).Code);

    private static async Task<JsonObject> TimelineAsync(LabCopy lab, string run, params string[] more)
    {
        string file = lab.Other("run.pftrace");
        CommandLine.Outcome outcome = await CommandLine.RunAsync(["timeline", run, "--lake", lab.Lake, "--out", file, "--quiet", .. more]);
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Equal(new FileInfo(file).Length, (long)outcome.Json.Single()["bytes"]!);
        return IndependentReader.Read(file);
    }

    private static double Ns(JsonNode lane, string state) => (double?)lane["ns"]![state] ?? 0;
}
