using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Guests;
using Colocate.Simulate.Schedulers;
using static System.FormattableString;

namespace Colocate.Simulate.Scenarios;

/// <summary>A measured run as a scenario: its host, its guests, its own offered rates, its time.</summary>
public static class RecordedRun
{
    private const double SecondsWithoutRecord = 20;

    /// <summary>Caps are 16 bits of per cent (<c>xen_domctl_sched_credit</c>).</summary>
    private const double MostCap = ushort.MaxValue / 100.0;

    /// <summary>So that a request still takes more than a clock tick, and a reply's segments can be counted.</summary>
    private const double MostOfferedPerS = 1e6, MostReplyBytes = 1e12;

    /// <summary>The scenario of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="domains">Its domains.</param>
    /// <param name="windowS">Length of its trace in seconds; null when it has none: the metrics then cover all of the load.</param>
    /// <param name="reason">Why there is no scenario; null when there is one.</param>
    /// <returns>Null when the manifest leaves out what a simulation needs.</returns>
    public static HostScenario? Scenario(RunRow run, IEnumerable<RunDomainRow> domains, double? windowS, out string? reason)
    {
        RunDomainRow[] all = [.. domains.OrderBy(d => d.DomainIndex)];
        // A guest without a domain id did not exist during the run; that is possible only where nothing was asked of it.
        RunDomainRow[] guests = [.. all.Where(d => d.Role != "driver" && (d.Domid is not null || IsLoaded(d)))];
        SchedulerDefinition? scheduler = Scheduler(run);
        reason = run.NicMbit is null ? "the manifest does not give the rate of the network card"
            : run.LoadS is not > 0 && guests.Any(IsLoaded) ? "the manifest does not say how long the load lasted"
            : scheduler is null ? $"the scheduler was {run.Scheduler}, the simulator knows {string.Join(", ", SchedulerCatalogue.All.Select(s => s.Name))}"
            : scheduler.TsliceMs is not null && run.TsliceMs is not (null or (>= 1 and <= 1000)) ? Invariant($"a time slice of {run.TsliceMs} ms is outside Xen's 1 to 1000")
            : scheduler.RatelimitUs is not null && run.RatelimitUs is not (null or 0 or (>= 100 and <= 500_000)) ? Invariant($"a rate limit of {run.RatelimitUs} us is neither 0 nor within Xen's 100 to 500000")
            : guests.FirstOrDefault(g => IsLoaded(g) && g.OfferedPerS is not > 0) is { } silent ? $"the manifest does not give the offered rate of {silent.Domain}"
            : guests.FirstOrDefault(g => IsLoaded(g) && g.ReplyBytes is null) is { } empty ? $"the manifest does not give the reply size of {empty.Domain}"
            : guests.FirstOrDefault(g => IsLoaded(g) && g.ClientTimeoutS is <= 0) is { } hasty ? $"the client of {hasty.Domain} gives up at once"
            : guests.FirstOrDefault(g => g.CapFraction is > 0 and < 0.01 or > MostCap) is { } capped ? Invariant($"the cap of {capped.Domain} is {capped.CapFraction * 100} %, neither 0 nor within Xen's 1 to {MostCap * 100}")
            : all.FirstOrDefault(d => !scheduler.HasShares && (d.Weight is not (null or HostScenario.DefaultWeight) || d.CapFraction is > 0)) is { } shared ? $"{shared.Domain} has a weight or a cap, which the scheduler {scheduler.Name} does not know"
            : guests.FirstOrDefault(g => scheduler.Name == SchedulerCatalogue.Credit2 && g.CapFraction > g.Vcpus) is { } wide ? Invariant($"the cap of {wide.Domain} is {wide.CapFraction * 100} %, and credit2 takes up to 100 % for each vcpu")
            : guests.FirstOrDefault(g => g.OfferedPerS > MostOfferedPerS) is { } flooded ? Invariant($"{flooded.OfferedPerS} requests per second were offered to {flooded.Domain}, the simulator takes up to {MostOfferedPerS}")
            : guests.FirstOrDefault(g => g.ReplyBytes > MostReplyBytes) is { } endless ? Invariant($"a reply of {endless.Domain} has {endless.ReplyBytes} bytes, the simulator takes up to {MostReplyBytes}")
            : guests.FirstOrDefault(g => IsLoaded(g) && g.Domid is null) is { } absent ? $"{absent.Domain} is loaded and has no domid"
            : null;
        if (reason is not null)
            return null;
        RunDomainRow? driver = all.FirstOrDefault(d => d.Role == "driver");
        double duration = Positive(run.LoadS) ?? Positive(windowS) ?? SecondsWithoutRecord;
        double start = Math.Min(run.TraceStartsAfterS ?? 0, duration);
        return new HostScenario
        {
            Guests = [.. guests.Select(Guest)],
            DurationS = duration,
            WindowStartS = windowS is null || start == duration ? 0 : start,
            WindowS = windowS is { } window && start + window < duration ? window : null,
            Pcpus = run.Pcpus,
            SchedulerName = scheduler!.Name,
            Scheduler = scheduler.Complete(new SchedulerSettings { TsliceMs = (int?)run.TsliceMs, RatelimitUs = (int?)run.RatelimitUs }),
            DriverVcpus = driver?.Vcpus ?? 1,
            DriverWeight = (int)(driver?.Weight ?? HostScenario.DefaultWeight),
            NicMbit = run.NicMbit!.Value,
            NicBurstBytes = run.NicBurstBytes is > 0 ? run.NicBurstBytes : null,
            NicQueueBytes = run.NicQueueBytes is > 0 and var bytes ? bytes : 1_000_000,
        };
    }

    /// <summary>The scheduler of a run: the one it names, in the version of its hypervisor; null when there is none of that name.</summary>
    private static SchedulerDefinition? Scheduler(RunRow run)
    {
        string name = run.Scheduler ?? SchedulerCatalogue.Default;
        bool old = run.Hypervisor?.StartsWith("Xen 3.", StringComparison.OrdinalIgnoreCase) == true;
        return SchedulerCatalogue.Find(old && name.Equals(SchedulerCatalogue.Default, StringComparison.OrdinalIgnoreCase) ? SchedulerCatalogue.Xen3Credit : name);
    }

    private static double? Positive(double? seconds) => seconds > 0 ? seconds : null;

    private static bool IsLoaded(RunDomainRow domain) => domain.Workload is not null and not DomainSpec.IdleWorkload;

    private static GuestScenario Guest(RunDomainRow domain)
    {
        var server = new ServerSettings();
        return new GuestScenario
        {
            Domain = domain.Domain,
            Workload = domain.Workload ?? DomainSpec.IdleWorkload,
            Client = !IsLoaded(domain) ? null : new ClientSettings
            {
                Load = new OpenLoad(domain.OfferedPerS!.Value) { Poisson = domain.ClientArrivals is "poisson" or "exponential" },
                ReplyBytes = domain.ReplyBytes!.Value,
                TimeoutS = domain.ClientTimeoutS ?? 10,
            },
            Server = server with { Workers = domain.ServerWorkers ?? server.Workers, Backlog = domain.ServerBacklog ?? server.Backlog },
            Vcpus = domain.Vcpus,
            Weight = (int)(domain.Weight ?? HostScenario.DefaultWeight),
            CapFraction = domain.CapFraction ?? 0,
        };
    }
}
