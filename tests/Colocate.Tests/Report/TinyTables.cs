using Colocate.Cli.Report;
using Colocate.Model.Tables;

namespace Colocate.Tests.Report;

/// <summary>A lake of two workloads, small enough to check by hand: every table that the report reads has a row or a few.</summary>
internal static class TinyTables
{
    private static readonly (string Run, string Kind, double Rate, string[] Workloads, double[] Throughputs)[] s_runs =
    [
        ("base-1", "base", 1, ["1KB"], [90]),
        ("base-2", "base", 1, ["1KB"], [110]),
        ("base-3", "base", 1, ["100KB"], [4]),
        ("sweep-1", "sweep", 0.5, ["100KB", "1KB"], [2, 50]),
        ("pair-1", "pair", 1, ["1KB", "100KB"], [60, 3]),
    ];

    public static ReportTables Lake { get; } = new()
    {
        Runs = [.. s_runs.Select(r => new RunRow
        {
            Run = r.Run, Campaign = "c1", Kind = r.Kind, Hypervisor = "Xen 4.17", Scheduler = "credit", RateFraction = r.Rate, LoadS = 20,
            Status = r.Run == "pair-1" ? "lossy" : "ok",
        })],
        RunDomains = [.. s_runs.SelectMany(r => r.Workloads.Select((w, i) => Domain(r.Run, $"vm{i + 1}", w)).Prepend(Domain(r.Run, "Domain-0", null)))],
        InputFiles =
        [
            new()
            {
                Run = "pair-1", File = "runs/pair-1/xentrace.bin", Role = "trace", Format = "xentrace", Status = "lossy", Sha256 = "00ff", Bytes = 4096,
                ParsedBytes = 4088, SkippedBytes = 8, SetAsideBytes = 0, LostRecords = 12,
            },
        ],
        Diagnostics =
        [
            new() { Run = "base-1", Code = "HT-NAN", Severity = "warning", Count = 2, Sentence = "Not a number.", Remedy = "Nothing." },
            new() { Run = "pair-1", File = "runs/pair-1/xentrace.bin", Code = "XT-LOST", Severity = "data_loss", Count = 1, Sentence = "Lost, dropped.", Remedy = "Larger buffer.", Detail = "12 records" },
            new() { Run = "base-2", Code = "HT-NAN", Severity = "warning", Count = 1, Sentence = "Not a number.", Remedy = "Nothing." },
        ],
        ClientResults =
        [
            new() { Run = "pair-1", Domain = "vm1", Workload = "1KB", DurationS = 20, ThroughputPerS = 60, Errors = 7, ErrorsClientTimeout = 5, ReplyMs = 8.5, NetKbPerS = 80 },
            new() { Run = "pair-1", Domain = "vm2", Workload = "100KB", NetKbPerS = 300 },
            new() { Run = "sweep-1", Domain = "vm1", Workload = "100KB", NetKbPerS = 200 },
            new() { Run = "sweep-1", Domain = "vm2", Workload = "1KB", NetKbPerS = 64 },
        ],
        GuestResults = [new() { Run = "pair-1", Domain = "vm1", WindowS = 20, Requests = 1230, RequestsPerS = 61.5, ReplyP50Ms = 4, ReplyP99Ms = 21, UnpairedRequests = 1 }],
        CrossChecks =
        [
            new() { Run = "pair-1", Domain = "vm1", Quantity = "cpu_fraction", FirstSource = "trace", FirstValue = 0.45, SecondSource = "xentop", SecondValue = 0.47, Difference = 0.02, Tolerance = 0.05, ToleranceSource = "five points", Verdict = "agree" },
            new() { Run = "pair-1", Domain = "vm1", Quantity = "replies_per_s", FirstSource = "client", FirstValue = 60, SecondSource = "guest_trace", SecondValue = 80, Difference = 20, Tolerance = 3, ToleranceSource = "a second", Verdict = "disagree" },
            new() { Run = "base-1", Domain = "vm1", Quantity = "cpu_fraction", FirstSource = "trace", SecondSource = "xentop", SecondValue = 0.47, ToleranceSource = "five points", Verdict = "not_compared", Reason = "trace does not tell" },
        ],
        XentopSamples =
        [
            .. s_runs.SelectMany(r => new[] { Sample(r.Run, "Domain-0", 0.30), Sample(r.Run, "Domain-0", 0.34), Sample(r.Run, "vm1", 0.5) }),
            new() { Run = "pair-1", Domain = "vm1", CpuFraction = 0.9, InLoadWindow = false },
        ],
        DomainMetrics = [Metrics("Domain-0", 0.4), Metrics("vm1", 0.45), Metrics("vm2", 0.1), new() { Run = "base-1", Domain = "vm1", CpuFraction = 0.5, CpuSource = "xentop" }],
        HostMetrics = [new() { Run = "pair-1", WindowS = 14, CpuFraction = 0.95, IdleFraction = 0.05, CpuSource = "trace", SwitchesPerS = 900, PagesPerExecution = 1.5 }],
        DomainIntervals = [.. Enumerable.Range(0, 5).Select(i => new DomainIntervalRow { Run = "pair-1", Domain = "vm1", IntervalIndex = i, WindowS = i == 4 ? 0.5 : 1, CpuFraction = i < 2 ? 0.4 : 0.5 })],
        HostIntervals = [.. Enumerable.Range(0, 4).Select(i => new HostIntervalRow { Run = "pair-1", IntervalIndex = i, WindowS = 1, CpuFraction = 0.9 })],
        TraceEvents =
        [
            new() { Run = "pair-1", EventId = 1, EventClass = "sched", Event = "switch_infnext", Records = 980 },
            new() { Run = "pair-1", EventId = 2, EventClass = "hw", Records = 20 },
        ],
        BaseCases =
        [
            new() { Campaign = "c1", Workload = "1KB", Runs = 2, ThroughputPerS = 100, ThroughputSd = 15, Rule = "mean" },
            new() { Campaign = "c1", Workload = "100KB", Runs = 1, ThroughputPerS = 4, Rule = "mean" },
        ],
        GuestScores = [.. s_runs.SelectMany(r => r.Workloads.Select((w, i) => new GuestScoreRow
        {
            Run = r.Run, Campaign = "c1", Kind = r.Kind, RateFraction = r.Rate, GuestIndex = i, Domain = $"vm{i + 1}", Workload = w,
            ThroughputPerS = r.Throughputs[i], BasePerS = Base(w), Score = r.Throughputs[i] / Base(w), Combined = r.Workloads.Zip(r.Throughputs, (v, t) => t / Base(v)).Sum(),
        }))],
        PairScores =
        [
            new() { WorkloadA = "1KB", WorkloadB = "100KB", Runs = 2, ScoreAMean = 0.5, ScoreBMean = 0.75, CombinedMean = 1.25, CombinedSd = 0.125, CombinedMax = 1.5, CombinedMaxRateFraction = 0.5 },
            new() { WorkloadA = "1KB", WorkloadB = "1KB", Runs = 1, ScoreAMean = 0.5, ScoreBMean = 0.375, CombinedMean = 0.875 },
        ],
        Predictions = [new() { WorkloadA = "100KB", WorkloadB = "100KB", Combined = 1, Low = 0.75, High = 1.5, Level = 0.9, ScoreA = 0.5, ScoreB = 0.5, Trainer = "ridge", Extrapolates = true }],
        Evaluations =
        [
            new() { Protocol = "pair", Model = "mean", ModelKind = "baseline", N = 2, Mae = 0.25, Mape = 0.2, Rmse = 0.3 },
            new() { Protocol = "pair", Model = "auto", ModelKind = "trainer", N = 2, Mae = 0.125, Mape = 0.1, Rmse = 0.15, Spearman = 1, Coverage = 0.5, Width = 0.4, Level = 0.9 },
            new() { Protocol = "workload", Model = "mean", ModelKind = "baseline", N = 3, Mae = 0.25, Mape = 0.2, Rmse = 0.3 },
            new() { Protocol = "workload", Model = "auto", ModelKind = "trainer", N = 3, Mae = 0.5, Mape = 0.4, Rmse = 0.6 },
        ],
        EvaluationPairs =
        [
            new() { Protocol = "workload", Model = "auto", HeldOut = "1KB", WorkloadA = "1KB", WorkloadB = "100KB", Measured = 1.25, Predicted = 1, Low = 0.5, High = 1.5, Weight = 2, Chosen = "ridge" },
            new() { Protocol = "workload", Model = "mean", HeldOut = "1KB", WorkloadA = "1KB", WorkloadB = "100KB", Measured = 1.25, Predicted = 2, Weight = 2 },
            new() { Protocol = "workload", Model = "constant_demand", HeldOut = "1KB", WorkloadA = "1KB", WorkloadB = "100KB", Measured = 1.25, Predicted = 1.62, Weight = 2 },
        ],
        FeatureContributions =
        [
            new() { Trainer = "ridge", Feature = "constant_demand", Definition = "bound", Contribution = 0.25, Slope = 0.3, Low = 0.125, High = 0.5, Models = 2 },
            new() { Trainer = "ridge", Feature = "sum_net_fraction", Definition = "u_a + u_b", Contribution = 0.0625, Slope = -0.05, Models = 0 },
        ],
        SimulatedRuns =
        [
            Scenario("base/1KB", "base", null, 1, 1),
            Scenario("pair/1KB+1KB", "pair", null, 1, 0.75),
            Scenario("pair/1KB+100KB", "pair", null, 1, 1.5),
            Scenario("sweep/1KB+100KB@0.5", "sweep", null, 0.5, 1.125),
            Scenario("like/pair-1", "like", "pair-1", 1, 1.2),
        ],
        SimulatedDomains =
        [
            .. Simulated("base/1KB", ("1KB", 1)),
            .. Simulated("pair/1KB+1KB", ("1KB", 0.5), ("1KB", 0.25)),
            .. Simulated("pair/1KB+100KB", ("1KB", 0.875), ("100KB", 0.625)),
            .. Simulated("sweep/1KB+100KB@0.5", ("1KB", 0.5), ("100KB", 0.625)),
            .. Simulated("like/pair-1", ("1KB", 0.55), ("100KB", 0.65)),
        ],
        CalibrationParameters =
        [
            new() { Parameter = "request_us", Meaning = "CPU of a request", ParameterUnit = "us", Value = 10, Low = 2.5, High = 40, Fitted = true, LogStandardError = 0.125, AcceptedLow = 8, AcceptedHigh = 12, Source = "base runs" },
            new() { Parameter = "switch_us", Meaning = "CPU of a switch", ParameterUnit = "us", Value = 4, Low = 4, High = 36, Fitted = true, Source = "article" },
            new() { Parameter = "tslice_ms", Meaning = "time slice", ParameterUnit = "ms", Value = 30, Fitted = false, Source = "manifest" },
        ],
        Claims =
        [
            new() { Claim = "F302", Source = "paper", Subject = "III Fig.3", Role = "validate", Statement = "Best pair, by far", Target = "= 1.58", Tolerance = "5%", Unit = "score", Value = 1.75, Miss = 2.5, Verdict = "fail", Reason = "off by 2.5 tolerances", Command = "colocate simulate" },
            new() { Claim = "R01", Source = "paper", Subject = "V", Role = "none", Statement = "Earlier study", Target = "~ 5", Tolerance = "reference", Unit = "percent", Verdict = "not_tested", Reason = "Anchor" },
            new() { Claim = "pair-1/combined", Source = "lab", Subject = "pair-1", Role = "validate", Statement = "combined of the run is as measured", Target = "~ 1.35", Tolerance = "0.1 abs", Unit = "score", Value = 1.2, Miss = 1.5, Verdict = "near", Reason = "off by 1.5 tolerances", Command = "colocate simulate --like pair-1" },
            new() { Claim = "base-1/vm1/cpu_fraction", Source = "lab", Subject = "base-1", Role = "calibrate", Statement = "cpu_fraction of vm1 is as measured", Target = "~ 0.5", Tolerance = "0.02 abs", Unit = "fraction", Value = 0.51, Miss = 0.5, Verdict = "pass", Command = "colocate simulate --like base-1" },
        ],
        CalibrationResiduals =
        [
            new() { Run = "base-1", Campaign = "c1", Workload = "1KB", Domain = "host", Observable = "switches_per_s", Measured = 900, Simulated = 945, Tolerance = 90, Residual = 0.5 },
            new() { Run = "base-1", Campaign = "c1", Workload = "1KB", Domain = "vm1", Observable = "cpu_fraction", Measured = 0.5, Simulated = 0.52, Tolerance = 0.02, Residual = 1, Fitted = true },
            new() { Run = "base-3", Campaign = "c1", Workload = "100KB", Domain = "Domain-0", Observable = "executions_per_s", Measured = 1400, Simulated = 1280, Tolerance = 40, Residual = -3, Fitted = true },
        ],
        CalibrationEigen =
        [
            new() { Direction = 1, Eigenvalue = 0.5, Parameter = "request_us", Loading = 0.8 },
            new() { Direction = 1, Eigenvalue = 0.5, Parameter = "switch_us", Loading = -0.6 },
            new() { Direction = 2, Eigenvalue = 99, Parameter = "request_us", Loading = 0.6 },
            new() { Direction = 2, Eigenvalue = 99, Parameter = "switch_us", Loading = 0.8 },
        ],
        CalibrationProfiles =
        [
            new() { Parameter = "request_us", ParameterUnit = "us", Value = 8, Loss = 25, Expected = 24 },
            new() { Parameter = "request_us", ParameterUnit = "us", Value = 10, Loss = 20, Expected = 20.5 },
            new() { Parameter = "request_us", ParameterUnit = "us", Value = 12, Loss = 24.5, Expected = 24 },
            new() { Parameter = "switch_us", ParameterUnit = "us", Value = 4, Loss = 21, Expected = 20 },
            new() { Parameter = "switch_us", ParameterUnit = "us", Value = 8, Loss = 24.5, Expected = 24 },
        ],
    };

    public static ReportProvenance Provenance { get; } = new("0.1.0", "colocate report --lake lake --out report.html", [new("simulate", "seed", "1")], [new("runs", "abc123")]);

    public static string Page(ReportTables tables)
    {
        using var page = new StringWriter();
        ReportPage.Write(page, tables, Provenance);
        return page.ToString();
    }

    /// <summary>A scenario whose replicas lie 0.125 around the mean.</summary>
    public static SimulatedRunRow Scenario(string name, string kind, string? like, double? rate, double? combined) => new()
    {
        Scenario = name, Kind = kind, LikeRun = like, RateFraction = rate, Combined = combined, CombinedLow = combined - 0.125, CombinedHigh = combined + 0.125,
        Level = 0.9, Replicas = 4, SimulatedS = 60, SwitchesPerS = 1000, PagesPerExecution = 1.25,
    };

    /// <summary>The driver domain, the loaded guests and an idle one.</summary>
    public static IEnumerable<SimulatedDomainRow> Simulated(string scenario, params (string Workload, double? Score)[] guests) =>
        guests.Append(("idle", null)).Select((g, i) => new SimulatedDomainRow
        {
            Scenario = scenario, Domain = $"vm{i + 1}", DomainIndex = i + 1, Workload = g.Item1, Score = g.Item2, CpuFraction = 0.375, CpuSource = "simulated", BlockFraction = 0.5,
            NetKbPerS = 190,
        }).Prepend(new SimulatedDomainRow { Scenario = scenario, Domain = "Domain-0", CpuFraction = 0.25, CpuSource = "simulated", WaitFraction = 0.125 });

    private static double Base(string workload) => workload == "1KB" ? 100 : 4;

    private static RunDomainRow Domain(string run, string name, string? workload) => new()
    {
        Run = run, Campaign = "c1", Domain = name, Role = workload is null ? "driver" : "guest", Workload = workload, Vcpus = 1, OfferedPerS = workload is null ? null : 80,
    };

    private static XentopSampleRow Sample(string run, string domain, double cpu) => new() { Run = run, Domain = domain, CpuFraction = cpu, InLoadWindow = true };

    private static DomainMetricsRow Metrics(string domain, double cpu) => new()
    {
        Run = "pair-1", Domain = domain, WindowS = 14, CpuFraction = cpu, CpuSource = "trace", BlockFraction = 0.2, WaitFraction = 0.25,
    };
}
