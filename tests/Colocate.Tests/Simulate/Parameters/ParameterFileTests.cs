using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Colocate.Model.Errors;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;
using CsCheck;

namespace Colocate.Tests.Simulate.Parameters;

public sealed class ParameterFileTests
{
    [Fact]
    public void A_host_comes_back_as_it_was_written_and_writes_the_same_bytes()
    {
        byte[] bytes = Written(CalibratedHosts.Slow);
        CalibratedHost read = Read(bytes);
        Assert.Equivalent(CalibratedHosts.Slow, read with { Parameters = CalibratedHosts.Slow.Parameters }, strict: true);
        Assert.All(ParameterCatalogue.All, p => Assert.Equal(CalibratedHosts.Slow.Parameters[p], read.Parameters[p]));
        Assert.Equal(bytes, Written(read));
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.DoesNotContain((byte)'\r', bytes);
    }

    [Fact]
    public void A_host_of_another_generation_with_threads_and_several_vcpus_comes_back()
    {
        CalibratedHost host = CalibratedHosts.Slow with { Generation = HostGeneration.Xen34, ThreadsPerCore = 2, DriverVcpus = 4, GuestVcpus = 3, Scheduler = "credit34" };
        CalibratedHost read = Read(Written(host));
        Assert.Same(HostGeneration.Xen34, read.Generation);
        Assert.Equal((2, 4, 3, "credit34"), (read.ThreadsPerCore, read.DriverVcpus, read.GuestVcpus, read.Scheduler));
        CalibratedHost old = Read(Edited(host, f => Array.ForEach(["generation", "threads_per_core", "dom0_vcpus", "guest_vcpus"], n => f["host"]!.AsObject().Remove(n))));
        Assert.Same(HostGeneration.Xen417, old.Generation);
        Assert.Equal((1, 1, 1), (old.ThreadsPerCore, old.DriverVcpus, old.GuestVcpus));
    }

    [Theory]
    [InlineData("generation", "\"xen-5\"", "there is no generation 'xen-5' of hosts")]
    [InlineData("threads_per_core", "0", "'threads_per_core' is 0, outside 1 to 8")]
    [InlineData("guest_vcpus", "129", "'guest_vcpus' is 129, outside 1 to 128")]
    public void A_generation_that_nobody_knows_and_impossible_vcpus_are_refused(string field, string value, string message)
    {
        RequestException e = Assert.Throws<RequestException>(() => Read(Edited(CalibratedHosts.Slow, f => f["host"]![field] = JsonNode.Parse(value))));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_of_every_parameter_and_field_survives_to_the_last_bit() =>
        Gen.Select(Gen.Double[0, 1].Array[ParameterCatalogue.All.Count], Gen.Double[1e-9, 1e9], Gen.Long, Gen.Long[1, 1_000_000_000_000_000]).Sample((places, number, seed, bytes) =>
        {
            CalibratedHost host = CalibratedHosts.Slow with
            {
                Parameters = HostParameters.Start.With(ParameterCatalogue.All.Select((p, i) => (p, p.Least + (places[i] * (p.Most - p.Least))))),
                Workloads = [CalibratedHosts.Slow.Workloads[0] with { Workload = "a \"quoted\" µ\nname", BasePerS = number, SimulatedBasePerS = number / 3 * 3 }],
                Loss = number, Seed = seed, NicQueueBytes = bytes, NicBurstBytes = null,
            };
            CalibratedHost read = Read(Written(host));
            Assert.Equivalent(host, read with { Parameters = host.Parameters }, strict: true);
            Assert.All(ParameterCatalogue.All, p => Assert.Equal(host.Parameters[p], read.Parameters[p]));
        }, iter: 50);

    [Fact]
    public void The_file_is_the_same_in_every_culture()
    {
        byte[] expected = Written(CalibratedHosts.Slow);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(expected, Written(CalibratedHosts.Slow));
            Assert.Equal(0.05, Read(expected).SpeedSd);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Parameters_that_the_file_leaves_out_have_their_start_value()
    {
        CalibratedHost changed = CalibratedHosts.Slow with { Parameters = HostParameters.Start.With((ParameterCatalogue.Request, 7000), (ParameterCatalogue.Tick, 7)) };
        CalibratedHost read = Read(Edited(changed, f => f["parameters"]!.AsArray().RemoveAll(p => (string)p!["name"]! == "request_us")));
        Assert.Equal((5000, 7), (read.Parameters[ParameterCatalogue.Request], read.Parameters[ParameterCatalogue.Tick]));
    }

    [Fact]
    public void Accepted_vectors_and_pair_runs_come_back_and_files_without_them_have_none()
    {
        CalibratedHost host = CalibratedHosts.Slow with
        {
            PairRuns = ["pair-1"],
            Accepted =
            [
                new AcceptedVector(HostParameters.Start.With((ParameterCatalogue.Request, 6000.125), (ParameterCatalogue.Switch, 1.0 / 3)), 12.5) { SimulatedBasePerS = new Dictionary<string, double> { ["1KB"] = 57.25, ["30KB"] = 11.125 } },
                new AcceptedVector(HostParameters.Start, 13) { SimulatedBasePerS = new Dictionary<string, double> { ["1KB"] = 58, ["30KB"] = 11 } },
            ],
        };
        CalibratedHost read = Read(Written(host));
        Assert.Equal(Written(host), Written(read));
        Assert.Equal((2, 6000.125, 1.0 / 3, 12.5), (read.Accepted.Count, read.Accepted[0].Parameters[ParameterCatalogue.Request], read.Accepted[0].Parameters[ParameterCatalogue.Switch], read.Accepted[0].Loss));
        Assert.Equal(11.125, read.Accepted[0].SimulatedBasePerS["30KB"]);
        Assert.Equal(["pair-1"], read.PairRuns);
        CalibratedHost old = Read(Edited(host, f =>
        {
            f.Remove("accepted");
            f["calibration"]!.AsObject().Remove("pair_runs");
        }));
        Assert.Equal((0, 0), (old.Accepted.Count, old.PairRuns.Count));
        AssertRefused(Edited(host, f => f["accepted"]![1]!["values"]!.AsObject().Remove("switch_us")), "lab/params.json is not a file of parameters: 'switch_us' is missing");
        AssertRefused(Edited(host, f => f["accepted"]![0]!["simulated_base_per_s"]!["1KB"] = 0), "lab/params.json is not a file of parameters: '1KB' is 0, outside ");
    }

    [Fact]
    public void A_file_without_starts_and_priors_has_those_of_the_catalogue()
    {
        static void Strip(JsonObject file)
        {
            foreach (JsonNode? entry in file["parameters"]!.AsArray())
            {
                entry!.AsObject().Remove("start");
                entry.AsObject().Remove("prior_sd");
            }
        }

        Assert.Equal(FittedParameter.Catalogue, Read(Edited(CalibratedHosts.Slow, Strip)).Fitted);
        FittedParameter[] other = [new(ParameterCatalogue.Request, 120, 30, 400) { PriorSd = 0.5 }];
        CalibratedHost host = CalibratedHosts.Slow with { Fitted = other };
        Assert.Equal(other, Read(Written(host)).Fitted);
        Assert.Equal([new FittedParameter(ParameterCatalogue.Request, 400, 30, 400)], Read(Edited(host, f => { Strip(f); })).Fitted);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[1]", "the document is not an object")]
    [InlineData("null", "the document is not an object")]
    [InlineData("{\"format\":1,", "")]
    [InlineData("{\"format\":1,\"format\":1}", "")]
    [InlineData("parameters by hand", "")]
    [InlineData("{}", "'format' is missing")]
    public void What_is_not_such_a_file_is_refused(string text, string why) => AssertRefused(Encoding.UTF8.GetBytes(text), "lab/params.json is not a file of parameters: " + why);

    [Theory]
    [InlineData("host", "'host' is missing")]
    [InlineData("workloads", "'workloads' is missing")]
    [InlineData("parameters", "'parameters' is missing")]
    [InlineData("host.load_s", "'load_s' is missing")]
    [InlineData("workloads[1].base_per_s", "'base_per_s' of '30KB' is missing")]
    [InlineData("workloads[0].workload", "'workload' is missing")]
    [InlineData("workloads[0].poisson", "'poisson' of '1KB' is missing")]
    [InlineData("parameters[0].value", "'value' of 'switch_us' is missing")]
    [InlineData("calibration.runs", "'runs' is missing")]
    public void A_missing_field_is_named(string field, string why)
    {
        AssertRefused(Edited(CalibratedHosts.Slow, f => Remove(f, field)), "lab/params.json is not a file of parameters: " + why);
        AssertRefused(Edited(CalibratedHosts.Slow, f => Set(f, field, "null")), "lab/params.json is not a file of parameters: " + why);
    }

    [Theory]
    [InlineData("parameters[0].value", "-0.5", "'value' of 'switch_us' is -0.5, outside 0 to 1000000000")]
    [InlineData("parameters[0].value", "\"60\"", "'value' of 'switch_us' is not a number")]
    [InlineData("parameters[0].value", "1e400", "'value' of 'switch_us' is ")]
    [InlineData("parameters[0].low", "0", "'low' of 'switch_us' is 0, outside ")]
    [InlineData("parameters[0].high", "0.1", "'high' of 'switch_us' is 0.1, outside 0.5 to 1")]
    [InlineData("parameters[0].start", "500", "'start' of 'switch_us' is 500, outside 0.5 to 400")]
    [InlineData("parameters[0].name", "\"swich_us\"", "there is no parameter 'swich_us'")]
    [InlineData("parameters[1].name", "\"switch_us\"", "the parameter 'switch_us' is given twice")]
    [InlineData("parameters[0]", "null", "an entry of 'parameters' is not an object")]
    [InlineData("workloads[1]", "null", "an entry of 'workloads' is not an object")]
    [InlineData("workloads[1].workload", "\"1KB\"", "the workload '1KB' is given twice")]
    [InlineData("workloads[0].workers", "0", "'workers' of '1KB' is 0, outside 1 to 1048576")]
    [InlineData("workloads[0].poisson", "1", "")]
    [InlineData("host", "3", "host is not an object")]
    [InlineData("host.pcpus", "0", "'pcpus' is 0, outside 1 to 4096")]
    [InlineData("host.ratelimit_us", "50", "'ratelimit_us' is 50, outside 100 to 500000")]
    [InlineData("host.nic_burst_bytes", "0", "'nic_burst_bytes' is 0, outside 1 to 1")]
    [InlineData("calibration.seed", "9223372036854775808", "")]
    [InlineData("calibration.runs", "[null]", "'runs' has an entry without a name")]
    public void A_value_that_the_simulator_cannot_take_is_named(string field, string value, string why) =>
        AssertRefused(Edited(CalibratedHosts.Slow, f => Set(f, field, value)), "lab/params.json is not a file of parameters: " + why);

    [Theory]
    [InlineData("monitor_per_s", 0)]
    [InlineData("background_per_s", 0)]
    [InlineData("background_per_s", 1e6)]
    [InlineData("card_share", 1.01)]
    [InlineData("service_spread", 2)]
    [InlineData("request_us", 1e10)]
    public void A_value_that_no_simulation_could_end_with_is_refused(string name, double value)
    {
        byte[] file = Edited(CalibratedHosts.Slow, f => f["parameters"]!.AsArray().Single(p => (string)p!["name"]! == name)!["value"] = value);
        AssertRefused(file, FormattableString.Invariant($"lab/params.json is not a file of parameters: 'value' of '{name}' is {value}, outside "));
    }

    [Fact]
    public void Scheduling_without_a_rate_limit_is_a_setting() => Assert.Equal(0, Read(Edited(CalibratedHosts.Slow, f => Set(f, "host.ratelimit_us", "0"))).RatelimitUs);

    [Fact]
    public void The_scheduler_is_kept_and_credit_where_an_older_file_leaves_it_out()
    {
        Assert.Equal("credit2", Read(Edited(CalibratedHosts.Slow with { Scheduler = "credit2" }, _ => { })).Scheduler);
        Assert.Equal("credit", Read(Edited(CalibratedHosts.Slow with { Scheduler = "credit2" }, f => f["host"]!.AsObject().Remove("scheduler"))).Scheduler);
        AssertRefused(Edited(CalibratedHosts.Slow, f => Set(f, "host.scheduler", "\"fair\"")), "lab/params.json is not a file of parameters: there is no scheduler 'fair'");
    }

    [Fact]
    public void A_file_of_a_newer_version_says_so_whatever_else_is_in_it()
    {
        RequestException e = Assert.Throws<RequestException>(() => Read("{\"format\":2}"u8.ToArray()));
        Assert.Equal((ExitCode.WrongUse, "lab/params.json was written by a newer version", "use that version, or calibrate again"), (e.ExitCode, e.Message, e.Remedy));
    }

    private static void AssertRefused(byte[] file, string start)
    {
        RequestException e = Assert.Throws<RequestException>(() => Read(file));
        Assert.StartsWith(start, e.Message, StringComparison.Ordinal);
        Assert.Equal((ExitCode.WrongUse, "make one with `colocate calibrate`"), (e.ExitCode, e.Remedy));
    }

    private static CalibratedHost Read(byte[] bytes) => ParameterFile.Read(new MemoryStream(bytes), "lab/params.json");

    private static byte[] Written(CalibratedHost host)
    {
        using var stream = new MemoryStream();
        ParameterFile.Write(stream, host);
        return stream.ToArray();
    }

    private static byte[] Edited(CalibratedHost host, Action<JsonObject> edit)
    {
        JsonObject file = JsonNode.Parse(Written(host))!.AsObject();
        edit(file);
        return Encoding.UTF8.GetBytes(file.ToJsonString());
    }

    private static void Remove(JsonObject file, string path)
    {
        (JsonNode parent, string last) = Find(file, path);
        parent.AsObject().Remove(last);
    }

    private static void Set(JsonObject file, string path, string json)
    {
        (JsonNode parent, string last) = Find(file, path);
        if (last.Length == 1 && char.IsDigit(last[0]))
            parent[last[0] - '0'] = JsonNode.Parse(json);
        else
            parent[last] = JsonNode.Parse(json);
    }

    /// <summary>Where a path such as <c>workloads[1].workload</c> ends.</summary>
    private static (JsonNode Parent, string Last) Find(JsonObject file, string path)
    {
        string[] steps = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        JsonNode at = file;
        foreach (string step in steps[..^1])
            at = char.IsDigit(step[0]) ? at[step[0] - '0']! : at[step]!;
        return (at, steps[^1]);
    }
}
