using System.Globalization;
using System.Text.Json.Nodes;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using Colocate.Tests.Simulate.Parameters;

namespace Colocate.Tests.Cli;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _params;

    public SimulateCommandTests()
    {
        _params = _folder.File("params.json");
        using FileStream file = File.Create(_params);
        // The speed of the cpu is the same in all replicas, so that what differs is what was asked for.
        ParameterFile.Write(file, CalibratedHosts.Slow with { LoadS = 2, SpeedSd = 0, Workloads = [CalibratedHosts.Slow.Workloads[0] with { BasePerS = 100 }, CalibratedHosts.Slow.Workloads[1]] });
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The fields that scripts rely on, in the contract's words; others may stand beside them.</summary>
    [Fact]
    public async Task Json_has_the_fields_that_were_promised()
    {
        JsonObject result = await SimulateAsync("--vm", "1KB", "--vm", "30KB");
        string[] measures = ["cpu_fraction", "wait_fraction", "block_fraction", "executions_per_s"];
        AssertNumbers(result, "combined", "combined_low", "combined_high", "level", "simulated_s", "sim_events");
        Assert.All(result["vms"]!.AsArray(), vm => AssertNumbers(vm!.AsObject(), ["throughput_per_s", "score", "reply_ms", "net_kb_per_s", "offered_per_s", "base_per_s", .. measures]));
        AssertNumbers(result["dom0"]!.AsObject(), measures);
        AssertNumbers(result["host"]!.AsObject(), "cpu_fraction", "events_per_s", "switches_per_s", "pages_per_s");
        Assert.Equal(["1KB", "30KB"], result["vms"]!.AsArray().Select(v => (string)v!["workload"]!));
        Assert.Equal((0.9, 2.0, null), ((double)result["level"]!, (double)result["simulated_s"]!, (string?)result["like"]));
        IEnumerable<double> fractions = from part in (JsonNode?[])[.. result["vms"]!.AsArray(), result["dom0"], result["host"]] from field in part!.AsObject() where field.Key.EndsWith("_fraction", StringComparison.Ordinal) select (double)field.Value!;
        Assert.Equal(10, fractions.Count());
        Assert.All(fractions, f => Assert.InRange(f, 0, 1));
        Assert.Equal((double)result["combined"]!, result["vms"]!.AsArray().Sum(v => (double)v!["score"]!), 9);
        Assert.InRange((double)result["combined"]!, (double)result["combined_low"]!, (double)result["combined_high"]!);
        Assert.Equal(1, Cpu(result["dom0"]!) + result["vms"]!.AsArray().Sum(v => Cpu(v!)), 0.01);

        static double Cpu(JsonNode part) => (double)part["cpu_fraction"]!;
    }

    [Fact]
    public async Task What_an_idle_guest_cannot_have_is_null_with_the_reason()
    {
        JsonObject result = await SimulateAsync("--vm", "1KB", "--vm", "idle", "--rate", "0.5");
        JsonObject idle = result["vms"]![1]!.AsObject();
        foreach (string field in (string[])["offered_per_s", "throughput_per_s", "base_per_s", "score", "reply_ms", "net_kb_per_s"])
            Assert.Equal((true, "the guest is not loaded"), (idle.ContainsKey(field) && idle[field] is null, (string?)idle[field + "_reason"]));
        Assert.True((double)idle["cpu_fraction"]! > 0);
        Assert.DoesNotContain(result["vms"]![0]!.AsObject(), f => f.Key.EndsWith("_reason", StringComparison.Ordinal));

        JsonObject nobody = await SimulateAsync("--vm", "idle");
        Assert.Equal((null, "no guest is loaded"), (nobody["combined"], (string?)nobody["combined_reason"]));
        JsonObject once = await SimulateAsync("--vm", "1KB", "--replicas", "1");
        Assert.NotNull(once["combined"]);
        Assert.Equal((null, "one replica does not tell the spread"), (once["combined_low"], (string?)once["combined_low_reason"]));
    }

    [Fact]
    public async Task A_workload_beside_an_idle_guest_comes_to_its_base_case()
    {
        await TinyLake.MakeAsync(_folder.File("lake"));
        Assert.Equal(0, (await CommandLine.RunAsync("calibrate", "--lake", _folder.File("lake"), "--out", _folder.File("own.json"), "-e", "1")).Code);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("simulate", "--params", _folder.File("own.json"), "--vm", "1KB", "--vm", "idle", "-q");
        Assert.Equal(1, (double)outcome.Json.Single()["combined"]!, 0.05);
    }

    [Fact]
    public async Task Loads_are_fractions_of_B_one_for_all_or_one_each()
    {
        Assert.Equal((double[])[100, 11.5], await OfferedAsync());
        Assert.Equal((double[])[25, 2.875], await OfferedAsync("--rate", "0.25"));
        Assert.Equal((double[])[50, 1.4375], await OfferedAsync("--rate", "0.5,0.125"));

        async Task<double[]> OfferedAsync(params string[] more) => [.. (await SimulateAsync(["--vm", "1KB", "--vm", "30KB", "-n", "1", .. more]))["vms"]!.AsArray().Select(v => (double)v!["offered_per_s"]!)];
    }

    [Fact]
    public async Task Weights_and_caps_shift_the_cpu_between_guests()
    {
        double[] even = await CpuAsync(), weighted = await CpuAsync("--weight", "128,1024"), capped = await CpuAsync("--cap", "15,0"), both = await CpuAsync("--cap", "20", "--weight", "300");
        Assert.Equal(even[0], even[1], 0.05);
        Assert.True(weighted[1] > 1.5 * weighted[0], $"{weighted[0]} {weighted[1]}");
        Assert.InRange(capped[0], 0.1, 0.17);
        Assert.True(capped[1] > 1.2 * even[1], $"{capped[1]} {even[1]}");
        Assert.All(both, c => Assert.InRange(c, 0.15, 0.22));

        async Task<double[]> CpuAsync(params string[] more) => [.. (await SimulateAsync(["--vm", "1KB", "--vm", "1KB", "-n", "1", "--duration", "4", .. more]))["vms"]!.AsArray().Select(v => (double)v!["cpu_fraction"]!)];
    }

    [Fact]
    public async Task Another_host_is_a_question_of_its_options()
    {
        JsonObject usual = await SimulateAsync("--vm", "30KB", "--vm", "1KB", "-n", "1"), wider = await SimulateAsync("--vm", "30KB", "--vm", "1KB", "-n", "1", "--pcpus", "3"), narrow = await SimulateAsync("--vm", "30KB", "-n", "1", "--nic-mbit", "1.1");
        Assert.True((double)wider["combined"]! > 1.2 * (double)usual["combined"]!);
        // 1.1 Mbit/s are 134 KiB/s, less the headers of packets; a reply has 30 KiB.
        Assert.InRange((double)narrow["vms"]![0]!["throughput_per_s"]!, 2.9, 4.5);
    }

    /// <summary>Two users who think for 0.2 s ask up to ten times a second; what they offer is not a rate.</summary>
    [Fact]
    public async Task Users_of_a_closed_loop_wait_for_their_replies()
    {
        JsonObject guest = (await SimulateAsync("--vm", "1KB", "-n", "1", "--closed", "2", "--think", "200ms"))["vms"]![0]!.AsObject();
        Assert.InRange((double)guest["throughput_per_s"]!, 7, 10);
        Assert.Equal((null, "a closed loop has no rate of its own"), (guest["offered_per_s"], (string?)guest["offered_per_s_reason"]));
        Assert.True((double)guest["score"]! > 0);
        JsonObject both = await SimulateAsync("--vm", "1KB", "--vm", "1KB", "-n", "1", "--closed", "0,3", "--think", "exp:1s", "--rate", "0.25");
        Assert.Equal([25, null], both["vms"]!.AsArray().Select(v => (double?)v!["offered_per_s"]));
    }

    [Fact]
    public async Task Requests_that_come_in_bursts_wait_for_each_other()
    {
        double[] reply = [.. await Task.WhenAll(new[] { "1", "6" }.Select(async n => (double)(await SimulateAsync("--vm", "1KB", "-n", "1", "--rate", "0.2", "--burst", n))["vms"]![0]!["reply_ms"]!))];
        Assert.True(reply[1] > 2 * reply[0], string.Join(' ', reply));
    }

    /// <summary>1 / (0.9 / 100 + 0.1 / 11.5) requests per second.</summary>
    [Fact]
    public async Task A_mix_of_workloads_is_offered_as_much_as_its_parts_allow()
    {
        JsonObject guest = (await SimulateAsync("--vm", "1KB:0.9+30KB:0.1", "-n", "1", "--rate", "0.5"))["vms"]![0]!.AsObject();
        Assert.Equal(0.5 * 56.512, (double)guest["offered_per_s"]!, 3);
        Assert.True((double)guest["net_kb_per_s"]! > 2.5 * (double)guest["throughput_per_s"]!);
        Assert.Equal((null, "the simulator was not calibrated with a workload '1KB:0.9+30KB:0.1'"), (guest["score"], (string?)guest["score_reason"]));
    }

    /// <summary>A guest that computes is scored by its CPU: alone 1, two of them a half each.</summary>
    [Fact]
    public async Task A_guest_that_computes_is_scored_by_the_CPU_it_gets()
    {
        JsonObject alone = await SimulateAsync("--vm", "cpu", "-n", "2"), two = await SimulateAsync("--vm", "cpu", "--vm", "cpu", "-n", "2"), beside = await SimulateAsync("--vm", "cpu:0.5", "--vm", "1KB", "--rate", "0.2");
        Assert.Equal(1, (double)alone["vms"]![0]!["score"]!, 9);
        Assert.All(two["vms"]!.AsArray(), v => Assert.Equal(0.5, (double)v!["score"]!, 0.03));
        Assert.Equal((null, "the guest has no clients"), (two["vms"]![0]!["throughput_per_s"], (string?)two["vms"]![0]!["throughput_per_s_reason"]));
        Assert.Equal((double)beside["combined"]!, beside["vms"]!.AsArray().Sum(v => (double)v!["score"]!), 9);
        Assert.InRange((double)beside["vms"]![0]!["score"]!, 0.7, 1);
    }

    [Fact]
    public async Task Dom0_may_have_a_pcpu_of_its_own_and_guests_more_vcpus_than_one()
    {
        JsonObject pinned = await SimulateAsync("--vm", "1KB", "--vm", "cpu", "-n", "1", "--pcpus", "2", "--dom0-pin", "0", "--pin", "vm1=1", "--pin", "vm2=1");
        Assert.Equal(0, (double)pinned["dom0"]!["wait_fraction"]!);
        Assert.Equal(1, pinned["vms"]!.AsArray().Sum(v => (double)v!["cpu_fraction"]!), 0.001);
        JsonObject wide = await SimulateAsync("--vm", "cpu", "--vm", "cpu", "-n", "1", "--pcpus", "5", "--vcpus", "1,3", "--dom0-vcpus", "2");
        Assert.Equal([1, 3], wide["vms"]!.AsArray().Select(v => Math.Round((double)v!["cpu_fraction"]!, 2)));
        await AssertEndsAsync(2, "colocate: the host has 2 pcpus, counted from 0, and none numbered 2; pin to others, or give more with --pcpus\n", "--vm", "1KB", "--pcpus", "2", "--pin", "vm1=1,2");
    }

    [Fact]
    public async Task Seconds_may_have_their_unit()
    {
        CommandLine.Outcome plain = await CommandLine.RunAsync(Args("--vm", "1KB", "-n", "1", "--duration", "1.5")), unit = await CommandLine.RunAsync(Args("--vm", "1KB", "-n", "1", "--duration", "1.5s"));
        Assert.Equal(plain.Out, unit.Out);
        Assert.Equal(1.5, (double)plain.Json.Single()["simulated_s"]!);
    }

    [Fact]
    public async Task Any_number_of_guests_may_share_the_host()
    {
        JsonObject result = await SimulateAsync("--vm", "1KB", "--vm", "30KB", "--vm", "1KB", "--vm", "idle", "--vm", "30KB", "-n", "2", "--rate", "1,0.5,0.2,1,0.25");
        Assert.Equal(["vm1", "vm2", "vm3", "vm4", "vm5"], result["vms"]!.AsArray().Select(v => (string)v!["domain"]!));
        Assert.Equal([100, 5.75, 20, null, 2.875], result["vms"]!.AsArray().Select(v => (double?)v!["offered_per_s"]));
        Assert.Equal(result["vms"]!.AsArray().Sum(v => (double?)v!["score"] ?? 0), (double)result["combined"]!, 9);
    }

    [Fact]
    public async Task The_same_question_has_the_same_answer_whatever_the_number_of_jobs()
    {
        CommandLine.Outcome one = await CommandLine.RunAsync(Args("--vm", "1KB", "--vm", "30KB", "--jobs", "1")), two = await CommandLine.RunAsync(Args("--vm", "1KB", "--vm", "30KB", "--jobs", "3")), other = await CommandLine.RunAsync(Args("--vm", "1KB", "--vm", "30KB", "--seed", "2"));
        Assert.Equal(one.Out, two.Out);
        Assert.NotEqual(one.Out, other.Out);
        CommandLine.Outcome csv = await CommandLine.RunAsync(Args("--vm", "1KB", "--format", "csv"));
        Assert.Equal(4, csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>The plan of <c>run</c> holds every measured run of several guests; the command answers what the plan does, when seed, level and replicas agree.</summary>
    [Fact]
    public async Task A_measured_run_comes_out_as_in_the_plan_of_its_lab()
    {
        string folder = _folder.File("lake");
        await TinyLake.MakeAsync(folder);
        Assert.Equal(0, (await CommandLine.RunAsync("calibrate", "--lake", folder, "--out", _folder.File("own.json"), "-e", "1")).Code);
        using FileStream file = File.OpenRead(_folder.File("own.json"));
        CalibratedHost host = ParameterFile.Read(file, "own");
        using Lake lake = Lake.Open(folder);
        IReadOnlyList<Experiment> plan = LabPlan.Of(host, await lake.ReadAsync<RunRow>(), await lake.ReadAsync<RunDomainRow>(), await lake.ReadAsync<HostMetricsRow>());
        Assert.Equal((2, 3, 10), (plan.Count(e => e.Kind == "like"), plan.Count(e => e.Kind == "pair"), plan.Count(e => e.Kind == "sweep")));
        ExperimentResult planned = new Laboratory(host, new ExperimentSettings { Replicas = 2, Seed = 4, Level = 0.8 }).Run([plan.Single(e => e.LikeRun == "pair-1-30")], null, TestContext.Current.CancellationToken)[0];
        (SimulatedRunRow stored, IReadOnlyList<SimulatedDomainRow> domains) = (planned.Run, planned.Domains);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("simulate", "--params", _folder.File("own.json"), "--lake", folder, "--like", "pair-1-30", "--replicas", "2", "--seed", "4", "--level", "0.8");
        JsonObject again = outcome.Json.Single();
        Assert.Equal("pair-1-30", (string)again["like"]!);
        Assert.Equal((stored.Combined, stored.CombinedLow, stored.CombinedHigh, stored.SimEvents, stored.CpuFraction), ((double)again["combined"]!, (double)again["combined_low"]!, (double)again["combined_high"]!, (long)again["sim_events"]!, (double)again["host"]!["cpu_fraction"]!));
        Assert.Equal(domains.Skip(1).Select(d => (d.Workload, d.OfferedPerS, d.ThroughputPerS, d.Score, d.ReplyMs)), again["vms"]!.AsArray().Select(v => ((string?)v!["workload"], (double?)v["offered_per_s"], (double?)v["throughput_per_s"], (double?)v["score"], (double?)v["reply_ms"])));
        Assert.Equal([100, 13], domains.Skip(1).Select(d => d.OfferedPerS));
    }

    [Fact]
    public async Task A_run_that_the_lake_lacks_or_that_cannot_be_simulated_matches_nothing()
    {
        string folder = _folder.File("lake");
        await TinyLake.MakeAsync(folder);
        using (Lake lake = Lake.OpenForWriting(folder))
        {
            await lake.CommitAsync(new StageOutput
            {
                Stage = "ingest", Run = "cardless", Campaign = "first", Fingerprint = new string('1', 64),
                Tables = [new(Table.Of<RunRow>(), [new RunRow { Run = "cardless", Campaign = "first", Kind = "base", Pcpus = 1, Status = "ok" }])],
            });
        }

        await AssertEndsAsync(4, "colocate: the lake has no run 'nosuch'; list them with `colocate runs`\n", "--lake", folder, "--like", "nosuch");
        await AssertEndsAsync(4, "colocate: the run 'cardless' cannot be simulated: the manifest does not give the rate of the network card; complete its run.json and ingest it again\n", "--lake", folder, "--like", "cardless");
    }

    [Fact]
    public async Task An_unknown_workload_matches_nothing() =>
        await AssertEndsAsync(4, "colocate: the simulator was not calibrated with a workload '2KB'; use one of: 1KB, 30KB, idle, cpu or cpu:0.5\n", "--vm", "1KB", "--vm", "2KB");

    [Theory]
    [InlineData("give either guests with --vm or a measured run with --like")]
    [InlineData("give either guests with --vm or a measured run with --like", "--vm", "1KB", "--like", "base-1")]
    [InlineData("--rate has 2 values for 3 guests: give one, or one each", "--vm", "1KB", "--vm", "1KB", "--vm", "1KB", "--rate", "1,2")]
    [InlineData("--weight has 3 values for 1 guests: give one, or one each", "--vm", "1KB", "--weight", "1,2,3")]
    [InlineData("--rate does not go with --like: the run has its own", "--like", "base-1", "--rate", "1")]
    [InlineData("--cap does not go with --like: the run has its own", "--like", "base-1", "--cap", "10")]
    [InlineData("--pcpus does not go with --like: the run has its own", "--like", "base-1", "--pcpus", "2")]
    [InlineData("--duration does not go with --like: the run has its own", "--like", "base-1", "--duration", "2s")]
    [InlineData("--rate fast: give numbers from 1E-06 to 100, separated by commas", "--vm", "1KB", "--rate", "fast")]
    [InlineData("--rate 0: give numbers from 1E-06 to 100, separated by commas", "--vm", "1KB", "--rate", "0")]
    [InlineData("--rate NaN: give numbers from 1E-06 to 100, separated by commas", "--vm", "1KB", "--rate", "NaN")]
    [InlineData("--rate 1,: give numbers from 1E-06 to 100, separated by commas", "--vm", "1KB", "--vm", "1KB", "--rate", "1,")]
    [InlineData("--closed 1.5: give whole numbers from 0 to 100000, separated by commas", "--vm", "1KB", "--closed", "1.5")]
    [InlineData("--burst 0: give whole numbers from 1 to 100000, separated by commas", "--vm", "1KB", "--burst", "0")]
    [InlineData("--vcpus 129: give whole numbers from 1 to 128, separated by commas", "--vm", "1KB", "--vcpus", "129")]
    [InlineData("--dom0-vcpus must lie between 1 and 128", "--vm", "1KB", "--dom0-vcpus", "0")]
    [InlineData("--dom0-pin 64: give pcpus from 0 to 63, separated by commas", "--vm", "1KB", "--dom0-pin", "64")]
    [InlineData("--pin vm1: give a guest and pcpus from 0 to 63, for instance vm1=0,1", "--vm", "1KB", "--pin", "vm1")]
    [InlineData("--pin vm1=0,: give a guest and pcpus from 0 to 63, for instance vm1=0,1", "--vm", "1KB", "--pin", "vm1=0,")]
    [InlineData("--pin vm2: the guests are vm1 to vm1", "--vm", "1KB", "--pin", "vm2=0")]
    [InlineData("--pin vm1: give all its pcpus together", "--vm", "1KB", "--pin", "vm1=0", "--pin", "vm1=0")]
    [InlineData("--pin does not go with --like: the run has its own", "--like", "base-1", "--pin", "vm1=0")]
    [InlineData("--closed does not go with --like: the run has its own", "--like", "base-1", "--closed", "3")]
    [InlineData("--think does not go with --like: the run has its own", "--like", "base-1", "--think", "3s")]
    [InlineData("--think 3h: give a time up to 1e6 s, for instance 10ms, 2s or exp:10ms", "--vm", "1KB", "--closed", "2", "--think", "3h")]
    [InlineData("--think -1s: give a time up to 1e6 s, for instance 10ms, 2s or exp:10ms", "--vm", "1KB", "--closed", "2", "--think", "-1s")]
    [InlineData("--think goes with --closed: others do not wait", "--vm", "1KB", "--closed", "0", "--think", "1s")]
    [InlineData("--rate does not go with --closed: its users ask as fast as they are answered", "--vm", "1KB", "--closed", "2", "--rate", "0.5")]
    [InlineData("--burst does not go with --closed: its users ask as fast as they are answered", "--vm", "1KB", "--vm", "1KB", "--closed", "2,0", "--burst", "2")]
    [InlineData("--weight 1.5: give whole numbers from 1 to 65535, separated by commas", "--vm", "1KB", "--weight", "1.5")]
    [InlineData("--weight 65536: give whole numbers from 1 to 65535, separated by commas", "--vm", "1KB", "--weight", "65536")]
    [InlineData("--cap 0.5: give 0 or numbers from 1 to 100, separated by commas", "--vm", "1KB", "--cap", "0.5")]
    [InlineData("--cap 101: give 0 or numbers from 1 to 100, separated by commas", "--vm", "1KB", "--cap", "101")]
    [InlineData("--pcpus must lie between 1 and 4096", "--vm", "1KB", "--pcpus", "0")]
    [InlineData("Cannot parse argument 'two' for option '--pcpus'", "--vm", "1KB", "--pcpus", "two")]
    [InlineData("Cannot parse argument 'fast' for option '--nic-mbit'", "--vm", "1KB", "--nic-mbit", "fast")]
    [InlineData("Cannot parse argument 'many' for option '--replicas'", "--vm", "1KB", "--replicas", "many")]
    [InlineData("Cannot parse argument 'high' for option '--level'", "--vm", "1KB", "--level", "high")]
    [InlineData("Required argument missing for option: '--vm'.", "--vm")]
    [InlineData("Required argument missing for option: '--like'.", "--like")]
    [InlineData("Required argument missing for option: '--duration'.", "--vm", "1KB", "--duration")]
    [InlineData("--nic-mbit must be above 0", "--vm", "1KB", "--nic-mbit", "0")]
    [InlineData("--nic-mbit must be above 0", "--vm", "1KB", "--nic-mbit", "NaN")]
    [InlineData("--duration 0s: give seconds from 0.001 to 1000000, for instance 20s", "--vm", "1KB", "--duration", "0s")]
    [InlineData("--duration long: give seconds from 0.001 to 1000000, for instance 20s", "--vm", "1KB", "--duration", "long")]
    [InlineData("Argument 'fifo' not recognized. Must be one of:", "--vm", "1KB", "--scheduler", "fifo")]
    [InlineData("--replicas must lie between 1 and 10000", "--vm", "1KB", "--replicas", "0")]
    [InlineData("--level must lie between 0 and 1", "--vm", "1KB", "--level", "1")]
    [InlineData("Required argument missing for option: '--rate'.", "--vm", "1KB", "--rate")]
    public async Task Wrong_use_is_named(string message, params string[] args)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(Args(args));
        Assert.Contains("colocate: " + message, outcome.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
    }

    [Fact]
    public async Task Parameters_that_are_missing_or_broken_and_a_missing_lake_are_wrong_use()
    {
        string none = _folder.File("none.json"), broken = _folder.File("broken.json");
        await File.WriteAllTextAsync(broken, "{\"format\":1}", TestContext.Current.CancellationToken);
        Assert.Equal((2, $"colocate: There are no parameters at '{none}'; make them with `colocate calibrate`\n"), await EndAsync("simulate", "--params", none, "--vm", "1KB"));
        Assert.Equal((2, $"colocate: {broken} is not a file of parameters: 'host' is missing; make one with `colocate calibrate`\n"), await EndAsync("simulate", "--params", broken, "--vm", "1KB"));
        Assert.Equal(2, (await EndAsync(Args("--lake", _folder.File("nowhere"), "--like", "base-1"))).Code);
    }

    /// <summary>The trace is that of the first replica, so with one replica it holds what is printed; ingest reads it like any other.</summary>
    [Fact]
    public async Task A_trace_of_the_first_replica_can_be_ingested()
    {
        string trace = _folder.File("traces/sim.bin"), lake = _folder.File("traced"), more = _folder.File("traces/more.bin");
        JsonObject plain = await SimulateAsync("--vm", "1KB", "--vm", "idle", "-n", "1"), traced = await SimulateAsync("--vm", "1KB", "--vm", "idle", "-n", "1", "--xentrace", trace);
        Assert.Equal(plain.ToJsonString(), traced.ToJsonString());
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", trace, "--lake", lake, "--assume", "tsc_hz=1e9", "--assume", "xen=Xen 4.17", "--assume", "name.0=Domain-0", "--assume", "name.1=vm1", "--assume", "name.2=vm2")).Code);
        JsonObject[] metrics = [.. (await CommandLine.RunAsync("metrics", "--lake", lake, "--format", "json")).Json];
        Assert.Equal(["Domain-0", "vm1", "vm2", "host"], metrics.Select(m => (string)m["domain"]!));
        AssertSame(["cpu_fraction", "wait_fraction", "block_fraction", "executions_per_s", "pages_per_s"], traced["dom0"]!, metrics[0]);
        AssertSame(["cpu_fraction", "wait_fraction", "block_fraction", "executions_per_s"], traced["vms"]![0]!, metrics[1]);
        AssertSame(["cpu_fraction", "wait_fraction", "block_fraction", "executions_per_s"], traced["vms"]![1]!, metrics[2]);
        AssertSame(["cpu_fraction", "executions_per_s", "switches_per_s", "pages_per_s", "pages_per_execution"], traced["host"]!, metrics[3]);

        // Replicas have one CPU speed here, so the first of several has nothing that a single one has not.
        await SimulateAsync("--vm", "1KB", "--vm", "idle", "-n", "3", "--xentrace", more);
        Assert.Equal(await File.ReadAllBytesAsync(trace, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(more, TestContext.Current.CancellationToken));
        Assert.Equal(["more.bin", "sim.bin"], Directory.EnumerateFileSystemEntries(_folder.File("traces")).Select(f => Path.GetFileName(f)).Order());

        static void AssertSame(string[] fields, JsonNode own, JsonNode read) => Assert.All(fields, f => Assert.Equal((double)own[f]!, (double)read[f]!, 1e-9));
    }

    [Fact]
    public async Task A_trace_that_could_not_be_written_is_refused_before_the_work() => await AssertEndsAsync(
        2, $"colocate: The output file '{_folder.Path}' cannot be written: it is a folder; name a file in a place that can be written to\n", "--vm", "1KB", "--xentrace", _folder.Path);

    private async Task<JsonObject> SimulateAsync(params string[] args)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(Args([.. args, "-q"]));
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        return outcome.Json.Single();
    }

    private async Task AssertEndsAsync(int code, string error, params string[] args) => Assert.Equal((code, error), await EndAsync(Args(args)));

    private static async Task<(int Code, string Error)> EndAsync(params string[] args)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(args);
        Assert.Equal("", outcome.Out);
        return (outcome.Code, outcome.Error);
    }

    private string[] Args(params string[] args) => ["simulate", "--params", _params, .. args];

    private static void AssertNumbers(JsonObject record, params string[] fields) =>
        Assert.All(fields, f => Assert.True(double.TryParse(record[f]?.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out _), $"{f}: {record[f]}"));
}
