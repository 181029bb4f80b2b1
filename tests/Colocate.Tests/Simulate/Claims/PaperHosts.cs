using Colocate.Simulate.Claims;

namespace Colocate.Tests.Simulate.Claims;

/// <summary>
/// A host that does what the paper says of its own: Tables I and II alone, and together curves drawn through the figures of the text. Settings and
/// readings can be changed, so that claims about them miss.
/// </summary>
internal sealed class PaperHosts : IPaperHost
{
    public PaperSettings Settings { get; init; } = new()
    {
        Pcpus = 2, NicMbit = 100, Hypervisor = "3.4.0", GuestWeights = [256, 256], GuestCapFractions = [0, 0], WorkloadsKb = [1, 4, 10, 30, 50, 70, 100],
        RemapsPerReceived = 3, RemapsPerSent = 2, MonitorCpuFraction = 0.025,
    };

    public int FreeParameters => 8;

    public IReadOnlyCollection<ClaimExperiment> SeenPairs => [];

    /// <summary>Changes a reading; by default it stays.</summary>
    internal Func<ClaimExperiment, ClaimReading, ClaimReading> Change { get; init; } = (_, r) => r;

    public IReadOnlyList<ClaimReading> Run(IReadOnlyList<ClaimExperiment> experiments, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        [.. experiments.Select(e => Change(e, e.OtherKb is null ? Alone(e.WorkloadKb) : Pair(e.WorkloadKb, e.OtherKb.Value, e.RatePercent / 100.0)))];

    internal ClaimEvidence Evidence(IReadOnlyList<ClaimExperiment> experiments) =>
        new(Settings, experiments.Zip(Run(experiments)).ToDictionary(r => r.First, r => r.Second), PaperFiles.BaseCases);

    /// <summary>Table II, with events, switches, states and executions that the published tables do not hand on.</summary>
    private static ClaimReading Alone(int kb)
    {
        PublishedBaseCase row = PaperFiles.BaseCases.Single(p => p.WorkloadKb == kb);
        (double events, double switches, double driverWait, double driverBlock, double wait, double block, double executions) = kb switch
        {
            1 => (224104, 9098, 4.81, 10.54, 38.97, 4.76, 2535),
            4 => (242216, 10525, 4.77, 10.68, 37.72, 5.65, 2509),
            10 => (279663, 15569, 3.13, 13.73, 2.29, 23.48, 2092),
            30 => (345496, 26118, 1.92, 17.78, 1.31, 34.32, 3777),
            50 => (342584, 26981, 1.22, 19.33, 1.14, 36.76, 3915),
            70 => (341898, 27436, 0.90, 19.46, 1.07, 37.62, 4034),
            _ => (332951, 27720, 0.77, 21.04, 1.01, 39.08, 3962.0),
        };
        return new ClaimReading
        {
            CpuFraction = row.CpuFraction, EventsPerS = events, SwitchesPerS = switches, PagesPerS = row.PagesPerS,
            Driver = Domain(row.DriverCpuFraction, driverWait / 100, driverBlock / 100, row.DriverExecutionsPerS),
            Guests = [Guest(row.ThroughputPerS, row.NetKbPerS, row.GuestCpuFraction, wait / 100, block / 100) with { ExecutionsPerS = executions, FirstByteMs = row.FirstByteMs }],
        };
    }

    private static ClaimReading Pair(int a, int b, double rate) => (a, b) switch
    {
        (1, 1) => Together(8000 + (1000 * rate), 9 + rate, 11000 * rate, 0.9 * rate, Domain(0.33 * rate, 0.17 * rate, 0.20, 1100 * rate),
            Guest(790 * rate, 827 * rate, 0.33 * rate, 0.34 * rate, 0.10), Guest(790 * rate, 827 * rate, 0.33 * rate, 0.34 * rate, 0.10)),
        (1, 100) => Together(11000 + (2000 * rate), 1 + (11 * rate), 12000 * rate, 0.95 * rate, Domain(0.40 * rate, 0.10 * rate, 0.12, 12000 * rate / (1 + (11 * rate))),
            Guest(1560 * rate, 1634 * rate, 0.45 * rate, Waiting(rate), 0.05), Guest(85 * rate, Plateau(rate), Low(rate, 0.04, 0.15), Waiting(rate), 0.53)),
        (100, 100) => Together(rate <= 0.5 ? 56000 * rate : 24000, 3.5, 11500 * Math.Min(0.5, rate) * 2, 0.7 * Math.Min(1, 2 * rate),
            Domain(0.35 * Math.Min(1, 2 * rate), 0.005, 0.30, 0), Large(rate), Large(rate)),
        _ => Scored(a, b),
    };

    /// <summary>A pair of which the text gives no more than a rank.</summary>
    private static ClaimReading Scored(int a, int b)
    {
        double half = ((a, b) switch { (1, 50) => 1.5, (1, 10) => 0.9, (30, 100) => 1.05, _ => 1.04 }) / 2;
        return Together(20000, 5, 10000, 0.9, Domain(0.3, 0.1, 0.1, 2000), Guest(half * Base(a), 5000, 0.3, 0.1, 0.1), Guest(half * Base(b), 5000, 0.3, 0.1, 0.1));
    }

    private static ClaimReading Together(double switches, double pagesPerExecution, double pages, double cpu, DomainReading driver, params GuestReading[] guests) => new()
    {
        CpuFraction = cpu, EventsPerS = 12 * switches, SwitchesPerS = switches, PagesPerS = pages, Driver = driver with { ExecutionsPerS = pages / pagesPerExecution }, Guests = guests,
    };

    private static GuestReading Large(double rate) => Guest(Math.Min(56, 112 * rate), Math.Min(5604, 11208 * rate), 0.06, rate is >= 0.3 and <= 0.7 ? 0.005 + (0.03 * (rate - 0.3)) : 0.018, 0.48);

    private static double Plateau(double rate) => rate is >= 0.3 and <= 0.7 ? 3600 : rate < 0.3 ? 11000 * rate : 8550 * rate;

    private static double Waiting(double rate) => rate is >= 0.3 and <= 0.7 ? 0.02 : 0.04;

    private static double Low(double rate, double inRange, double outside) => rate is >= 0.3 and <= 0.7 ? inRange : outside;

    private static double Base(int kb) => PaperFiles.BaseCases.Single(p => p.WorkloadKb == kb).ThroughputPerS;

    private static DomainReading Domain(double cpu, double wait, double block, double executions) => new() { CpuFraction = cpu, WaitFraction = wait, BlockFraction = block, ExecutionsPerS = executions };

    /// <summary>The less a guest needs for a request, the more often it is idle and boosted.</summary>
    private static GuestReading Guest(double throughput, double net, double cpu, double wait, double block) => new()
    {
        CpuFraction = cpu, WaitFraction = wait, BlockFraction = block, ExecutionsPerS = 2000, OfferedPerS = throughput, ThroughputPerS = throughput, NetKbPerS = net,
        FirstByteMs = 2, BoostedWakesPerExecution = throughput > 1000 ? 0.9 : 0.4,
    };
}
