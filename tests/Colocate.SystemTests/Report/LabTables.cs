using System.Globalization;
using Colocate.Cli.Report;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.SystemTests.Report;

/// <summary>
/// Tables as a real lake holds them, from the summaries in the folder lab: scores, base cases and pairs as measured, readings taken from the
/// runs' own xenalyze, xentop and httperf outputs. Seconds, predictions and file digests are made up from those, without any randomness.
/// </summary>
internal static class LabTables
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public static ReportTables Read()
    {
        List<Dictionary<string, string>> scores = Csv("scores"), readings = Csv("readings");
        Dictionary<string, (string Campaign, string Kind)> runs = scores.ToDictionary(s => s["run"], s => (s["campaign"], Kind(s["kind"])));
        List<PairScoreRow> pairs = [.. Csv("pairs").Select(Pair)];
        return LabSimulation.AddTo(new ReportTables
        {
            Runs = [.. scores.Select(s => Run(s, readings))],
            RunDomains = [.. readings.Select((r, i) => Domain(r, i, runs))],
            InputFiles = [.. scores.SelectMany(InputFiles)],
            Diagnostics = Diagnostics,
            ClientResults = [.. readings.Where(r => r["replies"].Length > 0).Select(r => Client(r, runs))],
            XentopSamples = [.. readings.Where(r => r["xentop_samples"].Length > 0).SelectMany(r => Xentop(r, runs))],
            DomainMetrics = [.. readings.Select(r => Metrics(r, runs))],
            HostMetrics = [.. readings.Where(r => r["window_s"].Length > 0).GroupBy(r => r["run"]).Select(g => Host(g, runs))],
            DomainIntervals = [.. readings.Where(r => r["window_s"].Length > 0).SelectMany(r => Seconds(r, runs))],
            BaseCases = [.. Csv("base").Select(Base)],
            GuestScores = [.. scores.SelectMany(s => Guests(s, readings))],
            PairScores = pairs,
            Predictions = [.. Predictions(pairs)],
            EvaluationPairs = [.. HeldOut(pairs, "workload", 0.09), .. HeldOut(pairs, "pair", 0.05)],
            Evaluations = [.. Evaluations("pair", 20, 0.046, 0.071), .. Evaluations("workload", 34, 0.071, 0.094)],
        });
    }

    private static IReadOnlyList<DiagnosticRow> Diagnostics { get; } =
    [
        new()
        {
            Run = "pair-1-1-r9", Campaign = "2026-11-22b", File = "runs/pair-1-1-r9/httperf-vm1.txt", Code = "HT-NAN", Severity = "warning", Count = 1,
            Sentence = "A figure is not a number; it is stored as unknown.", Remedy = "Runs without replies have no means; nothing to do.",
        },
        new()
        {
            Run = "base-30-r2", Campaign = "2026-11-22a", File = "runs/base-30-r2/xentrace.bin.zst", Code = "XT-LOST", Severity = "data_loss", Count = 3, Pcpu = 0,
            Sentence = "Xen dropped records because its trace buffer was full.", Detail = "1 204 records in 3 gaps",
            Remedy = "Record with a larger buffer (xentrace -S) or a narrower event mask (-e).",
        },
        new()
        {
            Run = "idle-host", Campaign = "2026-11-22a", File = "runs/idle-host/xentrace.bin.zst", Code = "XT-UNKNOWN", Severity = "information", Count = 812,
            Sentence = "Event ids outside the tables; they are counted by id.", Remedy = "Nothing to do; see the table trace_events.",
        },
    ];

    private static RunRow Run(Dictionary<string, string> s, List<Dictionary<string, string>> readings) => new()
    {
        Run = s["run"],
        Campaign = s["campaign"],
        Kind = Kind(s["kind"]),
        KindDeclared = s["kind"],
        Host = "Xen 4.17.7, credit",
        Hypervisor = "Xen 4.17.7",
        Scheduler = "credit",
        TsliceMs = 30,
        RatelimitUs = 1000,
        Pcpus = 1,
        NicMbit = 3.2,
        RateFraction = Number(s["rate_fraction"]),
        LoadS = readings.Where(r => r["run"] == s["run"]).Select(r => Number(r["load_s"])).FirstOrDefault(),
        TraceStartsAfterS = 5,
        Status = s["run"] == "base-30-r2" ? "lossy" : "ok",
        Files = 3,
    };

    private static IEnumerable<InputFileRow> InputFiles(Dictionary<string, string> s)
    {
        foreach (string name in (string[])["xentop.txt", "xentrace.bin.zst"])
        {
            bool isLossy = s["run"] == "base-30-r2" && name != "xentop.txt";
            yield return new()
            {
                Run = s["run"],
                Campaign = s["campaign"],
                File = $"runs/{s["run"]}/{name}",
                Role = name == "xentop.txt" ? "xentop" : "trace",
                Format = name == "xentop.txt" ? "xentop" : "xentrace",
                FormatVersion = 1,
                Compression = name == "xentop.txt" ? "plain" : "zstd",
                Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(s["run"] + name))),
                Bytes = name == "xentop.txt" ? 7824 : 1_768_203,
                DecodedBytes = name == "xentop.txt" ? 7824 : 7_042_236,
                ParsedBytes = name == "xentop.txt" ? 7824 : isLossy ? 7_042_204 : 7_042_236,
                SkippedBytes = isLossy ? 32 : 0,
                SetAsideBytes = 0,
                LostRecords = name == "xentop.txt" ? null : isLossy ? 1204 : 0,
                Status = isLossy ? "lossy" : "ok",
            };
        }
    }

    private static RunDomainRow Domain(Dictionary<string, string> r, int index, Dictionary<string, (string Campaign, string Kind)> runs) => new()
    {
        Run = r["run"],
        Campaign = runs[r["run"]].Campaign,
        Domain = r["domain"],
        DomainIndex = index,
        Domid = (int)Number(r["domid"])!.Value,
        Vcpus = 1,
        Role = r["domain"] == "Domain-0" ? "driver" : "guest",
        Workload = r["domain"] == "Domain-0" ? null : r["workload"],
        OfferedPerS = Number(r["offered_per_s"]),
    };

    private static ClientResultRow Client(Dictionary<string, string> r, Dictionary<string, (string Campaign, string Kind)> runs) => new()
    {
        Run = r["run"],
        Campaign = runs[r["run"]].Campaign,
        Domain = r["domain"],
        Workload = r["workload"],
        Tool = "httperf",
        OfferedPerS = Number(r["offered_per_s"]),
        DurationS = Number(r["duration_s"])!.Value,
        Replies = (long)Number(r["replies"])!.Value,
        ThroughputPerS = Number(r["replies"]) / Number(r["duration_s"]),
        NetKbPerS = Number(r["replies"]) / Number(r["duration_s"]) * Number(r["workload"].Replace("KB", "", StringComparison.Ordinal)),
        Errors = (long?)Number(r["errors"]),
        ErrorsClientTimeout = (long?)Number(r["client_timeouts"]),
    };

    private static IEnumerable<XentopSampleRow> Xentop(Dictionary<string, string> r, Dictionary<string, (string Campaign, string Kind)> runs) =>
        Enumerable.Range(0, (int)Number(r["xentop_samples"])!.Value).Select(i => new XentopSampleRow
        {
            Run = r["run"],
            Campaign = runs[r["run"]].Campaign,
            Domain = r["domain"],
            SampleIndex = i + 1,
            TimeS = i + 1,
            InLoadWindow = true,
            State = "------",
            CpuFraction = Number(r["xentop_cpu_fraction"]),
        });

    private static DomainMetricsRow Metrics(Dictionary<string, string> r, Dictionary<string, (string Campaign, string Kind)> runs)
    {
        bool isTraced = r["window_s"].Length > 0;
        return new DomainMetricsRow
        {
            Run = r["run"],
            Campaign = runs[r["run"]].Campaign,
            Domain = r["domain"],
            Domid = (int)Number(r["domid"])!.Value,
            WindowS = Number(r["window_s"]),
            Method = isTraced ? "M" : null,
            MethodReason = isTraced ? null : "no trace was kept",
            CpuFraction = isTraced ? Number(r["cpu_fraction"]) : Number(r["xentop_cpu_fraction"]),
            CpuSource = isTraced ? "trace" : "xentop",
            WaitFraction = Number(r["wait_fraction"]),
            BlockFraction = Number(r["block_fraction"]),
            ExecutionsPerS = Number(r["executions_per_s"]),
            PagesPerS = Number(r["pages_per_s"]),
        };
    }

    private static HostMetricsRow Host(IGrouping<string, Dictionary<string, string>> run, Dictionary<string, (string Campaign, string Kind)> runs)
    {
        Dictionary<string, string> driver = run.First(r => r["domain"] == "Domain-0");
        return new HostMetricsRow
        {
            Run = run.Key,
            Campaign = runs[run.Key].Campaign,
            WindowS = Number(driver["window_s"]),
            Method = "M",
            CpuSource = "trace",
            CpuFraction = run.Sum(r => Number(r["cpu_fraction"]) ?? 0),
            SwitchesPerS = run.Sum(r => Number(r["executions_per_s"]) ?? 0),
            PagesPerS = Number(driver["pages_per_s"]),
            PagesPerExecution = Number(driver["pages_per_s"]) / Number(driver["executions_per_s"]),
        };
    }

    private static IEnumerable<DomainIntervalRow> Seconds(Dictionary<string, string> r, Dictionary<string, (string Campaign, string Kind)> runs) =>
        Enumerable.Range(0, 12).Select(i => new DomainIntervalRow
        {
            Run = r["run"],
            Campaign = runs[r["run"]].Campaign,
            Domain = r["domain"],
            IntervalIndex = i,
            StartS = i,
            WindowS = 1,
            Method = "M",
            CpuSource = "trace",
            CpuFraction = Number(r["cpu_fraction"])!.Value * (1 + (0.004 * (i - 5.5) * Wobble(r["run"] + r["domain"]))),
        });

    private static BaseCaseRow Base(Dictionary<string, string> b) => new()
    {
        Campaign = b["campaign"],
        Workload = b["workload"],
        Runs = (int)Number(b["runs"])!.Value,
        ThroughputPerS = Number(b["throughput_per_s_mean"])!.Value,
        ThroughputSd = Number(b["throughput_per_s_sd"]),
        Rule = "mean",
    };

    private static IEnumerable<GuestScoreRow> Guests(Dictionary<string, string> s, List<Dictionary<string, string>> readings)
    {
        string[] domains = [.. readings.Where(r => r["run"] == s["run"] && r["replies"].Length > 0).Select(r => r["domain"])];
        for (int i = 1; i <= 2 && s[$"w{i}"].Length > 0; i++)
        {
            yield return new()
            {
                Run = s["run"],
                Campaign = s["campaign"],
                Kind = Kind(s["kind"]),
                RateFraction = Number(s["rate_fraction"]),
                GuestIndex = i - 1,
                Domain = domains[i - 1],
                Workload = s[$"w{i}"],
                ThroughputPerS = Number(s[$"T{i}_per_s"]),
                BasePerS = Number(s[$"B{i}_per_s"]),
                BaseCampaign = s["campaign"],
                Score = Number(s[$"score{i}"]),
                Combined = Number(s["combined"]),
            };
        }
    }

    private static PairScoreRow Pair(Dictionary<string, string> p) => new()
    {
        WorkloadA = p["w1"],
        WorkloadB = p["w2"],
        Runs = (int)Number(p["runs"])!.Value,
        ScoreAMean = Number(p["score1_mean"])!.Value,
        ScoreBMean = Number(p["score2_mean"])!.Value,
        CombinedMean = Number(p["combined_mean"])!.Value,
        CombinedSd = Number(p["combined_sd"]),
    };

    private static IEnumerable<PredictionRow> Predictions(List<PairScoreRow> measured)
    {
        string[] workloads = [.. measured.SelectMany(p => new[] { p.WorkloadA, p.WorkloadB }).Distinct().Order(WorkloadOrder.Instance)];
        Dictionary<WorkloadPair, PairScoreRow> known = measured.ToDictionary(p => WorkloadPair.Of(p.WorkloadA, p.WorkloadB));
        for (int i = 0; i < workloads.Length; i++)
        {
            for (int j = i; j < workloads.Length; j++)
            {
                WorkloadPair pair = WorkloadPair.Of(workloads[i], workloads[j]);
                PairScoreRow? score = known.GetValueOrDefault(pair);
                double combined = score?.CombinedMean + (0.03 * Wobble(pair.ToString())) ?? 0.98 + (0.1 * (j - i) / (i + 1)) + (0.04 * Wobble(pair.ToString()));
                yield return new()
                {
                    WorkloadA = pair.A,
                    WorkloadB = pair.B,
                    Combined = combined,
                    Low = combined - 0.11,
                    High = combined + 0.13,
                    Level = 0.9,
                    ScoreA = combined * 0.48,
                    ScoreB = combined * 0.52,
                    Measured = score?.CombinedMean,
                    Trainer = "grey_box",
                };
            }
        }
    }

    private static IEnumerable<EvaluationPairRow> HeldOut(List<PairScoreRow> pairs, string protocol, double error) =>
        from pair in pairs
        from heldOut in protocol == "pair" ? [$"({pair.WorkloadA}, {pair.WorkloadB})"] : new[] { pair.WorkloadA, pair.WorkloadB }.Distinct()
        let predicted = pair.CombinedMean + (error * Wobble(pair.WorkloadA + pair.WorkloadB + heldOut))
        select new EvaluationPairRow
        {
            Protocol = protocol,
            Model = "auto",
            HeldOut = heldOut,
            WorkloadA = pair.WorkloadA,
            WorkloadB = pair.WorkloadB,
            Measured = pair.CombinedMean,
            Predicted = predicted,
            Low = predicted - (1.1 * error),
            High = predicted + (1.1 * error),
            Weight = pair.Runs,
            Chosen = "grey_box",
        };

    private static IEnumerable<EvaluationRow> Evaluations(string protocol, int n, double auto, double mean)
    {
        (string Model, string Kind, double Factor)[] models =
        [
            ("auto", "trainer", 0), ("grey_box", "trainer", 0.02), ("gaussian_process", "trainer", 0.2), ("ridge", "trainer", 0.4), ("fast_tree", "trainer", 0.8),
            ("bound", "baseline", 0.5), ("nearest", "baseline", 0.6), ("rule", "baseline", 0.7), ("additive", "baseline", 0.75), ("mean", "baseline", 1),
        ];
        return models.Select(m =>
        {
            double mae = auto + ((mean - auto) * m.Factor);
            bool states = m.Kind == "trainer";
            return new EvaluationRow
            {
                Protocol = protocol, Model = m.Model, ModelKind = m.Kind, N = n, Mae = mae, Mape = mae / 1.05, Rmse = mae * 1.27, Skill = 1 - (mae / mean),
                Spearman = m.Model == "mean" ? null : 0.9 - m.Factor / 3, RegretMean = mae / 4,
                Coverage = states ? 0.88 : null, Width = states ? 4.1 * mae : null, Level = states ? 0.9 : null,
            };
        });
    }

    /// <summary>A number in -1..1 that depends on the text alone.</summary>
    internal static double Wobble(string text) => Math.Sin(text.Aggregate(7, (sum, c) => ((sum * 31) + c) % 100_003));

    private static string Kind(string declared) => declared == "basevm2" ? "other" : declared;

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, s_culture);

    private static List<Dictionary<string, string>> Csv(string name)
    {
        using Stream stream = typeof(LabTables).Assembly.GetManifestResourceStream($"lab.{name}.csv")!;
        string[] lines = new StreamReader(stream).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(c => c.First, c => c.Second))];
    }
}
