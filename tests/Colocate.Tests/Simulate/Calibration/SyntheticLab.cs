using Colocate.Model.Metrics;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;

namespace Colocate.Tests.Simulate.Calibration;

/// <summary>A lab that is itself simulated: what its tools "measured" comes from parameters that the tests know.</summary>
internal sealed class SyntheticLab(HostParameters truth)
{
    private readonly List<RunRow> _runs = [];
    private readonly List<RunDomainRow> _domains = [];
    private readonly List<ClientResultRow> _clients = [];
    private readonly List<DomainMetricsRow> _measures = [];
    private readonly List<HostMetricsRow> _hosts = [];

    internal static Load Small { get; } = new("1KB", 1024, 100);

    internal static Load Large { get; } = new("30KB", 30 * 1024, 14);

    internal static Load Idle { get; } = new("idle", null, null);

    internal CalibrationTables Tables => new() { Runs = _runs, Domains = _domains, Clients = _clients, DomainMetrics = _measures, HostMetrics = _hosts };

    internal IReadOnlyList<CalibrationRun> Runs => CalibrationRuns.From(Tables);

    /// <summary>Adds a run that was traced from its first to its last second and measured by the truth.</summary>
    internal SyntheticLab Add(string id, string kind, IReadOnlyList<Load> loads, double? rateFraction = 1, string campaign = "first", double loadS = 4, double speed = 1, Func<RunRow, RunRow>? edit = null, long seed = 1)
    {
        edit ??= r => r;
        RunRow run = edit(Run(id) with { Kind = kind, KindDeclared = kind, Campaign = campaign, RateFraction = rateFraction, LoadS = loadS });
        RunDomainRow[] domains = [Driver(id), .. loads.Select((load, i) => Guest(id, i + 1, load))];
        ScenarioResult result = HostModel.Run(RecordedRun.Scenario(run, domains, loadS, out _)! with { CpuSpeed = speed, Seed = seed }, truth);
        _runs.Add(run);
        _domains.AddRange(domains);
        _hosts.Add(MetricFormulas.Fill(new HostMetricsRow { Run = id, Campaign = campaign, WindowS = loadS }, result.Host, result.Window));
        _measures.AddRange(domains.Select((d, i) => MetricFormulas.Fill(
            new DomainMetricsRow { Run = id, Campaign = campaign, Domain = d.Domain, Domid = i, WindowS = loadS }, i == 0 ? result.Driver : result.Guests[i - 1].Activity, result.Window)));
        _clients.AddRange(loads.Index().Where(l => l.Item.OfferedPerS is not null).Select(l => new ClientResultRow
        {
            Run = id, Campaign = campaign, Domain = domains[l.Index + 1].Domain, Workload = l.Item.Workload, Tool = "httperf", DurationS = loadS,
            Replies = (long)Math.Round(result.Guests[l.Index].ThroughputPerS!.Value * loadS), ThroughputPerS = result.Guests[l.Index].ThroughputPerS, ReplyMs = result.Guests[l.Index].ReplyMs,
        }));
        return this;
    }

    internal static RunRow Run(string id) => new()
    {
        Run = id, Campaign = "first", Kind = "base", KindDeclared = "base", Host = "lab", Hypervisor = "Xen 4.17", Scheduler = "credit", TsliceMs = 30, RatelimitUs = 1000,
        Pcpus = 1, NicMbit = 3.2, NicBurstBytes = 6000, NicQueueBytes = 800_000, RateFraction = 1, LoadS = 4, TraceStartsAfterS = 0, Status = "ok", Files = 3,
    };

    internal static RunDomainRow Driver(string run) => new() { Run = run, Campaign = "first", Domain = "Domain-0", DomainIndex = 0, Domid = 0, Vcpus = 1, Weight = 256, CapFraction = 0, Role = "driver" };

    internal static RunDomainRow Guest(string run, int index, Load load) => new()
    {
        Run = run, Campaign = "first", Domain = $"vm{index}", DomainIndex = index, Domid = index, Vcpus = 1, Weight = 256, CapFraction = 0, Role = "guest", Workload = load.Workload, ReplyBytes = load.ReplyBytes,
        OfferedPerS = load.OfferedPerS, ServerWorkers = 8, ServerBacklog = 8, ClientTimeoutS = 10, ClientArrivals = "constant",
    };

    /// <summary>What a guest of a run serves and at which rate it is asked.</summary>
    internal sealed record Load(string Workload, long? ReplyBytes, double? OfferedPerS)
    {
        internal Load At(double offeredPerS) => this with { OfferedPerS = offeredPerS };
    }
}
