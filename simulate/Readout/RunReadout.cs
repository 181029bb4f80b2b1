using Colocate.Model.Metrics;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Guests;
using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Readout;

/// <summary>
/// Reads a simulated host as the tools read a real one: what its domains and pcpus did between two moments, in the terms that the formulas of
/// the metrics take.
/// </summary>
internal sealed class RunReadout
{
    private readonly HostScenario _scenario;
    private readonly HostParameters _parameters;
    private readonly DomainVcpus _domains;
    private readonly HostMachine _machine;
    private readonly DriverKernel _driver;
    private readonly IReadOnlyList<GuestKernel> _guests;
    private readonly IReadOnlyList<WebClient?> _clients;
    private Snapshot _opened = null!, _closed = null!;

    internal RunReadout(HostScenario scenario, HostParameters parameters, DomainVcpus domains, HostMachine machine, DriverKernel driver, IReadOnlyList<GuestKernel> guests, IReadOnlyList<WebClient?> clients) =>
        (_scenario, _parameters, _domains, _machine, _driver, _guests, _clients) = (scenario, parameters, domains, machine, driver, guests, clients);

    internal void OpenWindow(long nowNs) => _opened = Take(nowNs);

    internal void CloseWindow(long nowNs) => _closed = Take(nowNs);

    internal ScenarioResult Result(long events)
    {
        int guests = _guests.Count;
        DomainActivity[] domains = [.. Enumerable.Range(0, guests + 1).Select(Domain)];
        Counts all = Difference(_closed.Host, _opened.Host);
        var host = new HostActivity
        {
            Pcpus = _machine.Pcpus.Count,
            IdleTicks = all.IdleNs,
            LostTicks = 0,
            Events = domains.Sum(d => d.Events) + (long)Math.Round(HostEvents(all, domains)),
            LostRecords = 0,
            Switches = all.Switches,
            GuestSwitches = all.GuestSwitches,
            Executions = all.Executions,
            DriverExecutions = domains[0].Executions,
            EventChannelCalls = domains.Sum(d => d.EventChannelCalls),
            Pages = domains[0].Pages,
        };
        return new ScenarioResult(
            domains[0],
            [.. Enumerable.Range(0, guests).Select(g => Guest(g, domains[g + 1]))],
            host,
            new Window(_opened.AtNs, _closed.AtNs - _opened.AtNs, 1e9),
            events);
    }

    /// <summary>Records that go with what the host does as a whole. Where they are not fitted, idle's own: it logs a handful whenever it gets the pcpu.</summary>
    private double HostEvents(Counts all, DomainActivity[] domains)
    {
        PageCounts pages = domains[0].Pages!.Value;
        return ((all.Switches - all.Executions) * _parameters[ParameterCatalogue.IdleEventsPerExecution])
            + (all.Switches * _parameters[ParameterCatalogue.HostEventsPerSwitch])
            + (pages.Transferred * _parameters[ParameterCatalogue.HostEventsPerPage])
            + (pages.Mapped * _parameters[ParameterCatalogue.HostEventsPerMap])
            + (domains.Sum(d => (double)(d.EventChannelCalls ?? 0)) * _parameters[ParameterCatalogue.HostEventsPerNotification])
            + (_closed.Replies.Zip(_opened.Replies, (closed, opened) => closed - opened ?? 0).Sum() * _parameters[ParameterCatalogue.HostEventsPerRequest]);
    }

    private GuestResult Guest(int guest, DomainActivity activity)
    {
        WebClient? client = _clients[guest];
        ClientSettings? load = _scenario.Guests[guest].Client;
        double seconds = (_closed.AtNs - _opened.AtNs) / 1e9;
        return new GuestResult
        {
            Activity = activity,
            ThroughputPerS = _scenario.CountsWindowOnly ? (_closed.Replies[guest] - _opened.Replies[guest]) / seconds : client?.Replies / _scenario.DurationS,
            ReplyMs = client is null or { Replies: 0 } ? null : client.ReplyNs / 1e6 / client.Replies,
            FirstByteMs = client is null or { RepliesBegun: 0 } ? null : client.FirstByteNs / 1e6 / client.RepliesBegun,
            ConnectMs = client is null or { Requests: 0 } ? null : client.ConnectNs / 1e6 / client.Requests,
            Requests = client?.Requests ?? 0,
            BoostedWakes = _closed.Boosts[guest] - _opened.Boosts[guest],
            NetKbPerS = client is null || load is null ? null
                : _scenario.CountsWindowOnly ? (((_closed.Replies[guest] - _opened.Replies[guest]) * load.RequestBytes) + _closed.ReplyBytes[guest] - _opened.ReplyBytes[guest]) / 1024.0 / seconds
                : ((client.Requests * load.RequestBytes) + client.ReplyBytes) / 1024.0 / _scenario.DurationS,
            TimeOuts = client?.TimeOuts ?? 0,
            SynsDropped = _guests[guest].SynsDropped,
        };
    }

    private DomainActivity Domain(int domain)
    {
        Counts c = Difference(_closed.Domains[domain], _opened.Domains[domain]);
        bool driver = domain == 0;
        double perExecution = _parameters[driver ? ParameterCatalogue.DriverEventsPerExecution : ParameterCatalogue.GuestEventsPerExecution];
        double perCpuS = _parameters[driver ? ParameterCatalogue.DriverEventsPerCpuS : ParameterCatalogue.GuestEventsPerCpuS];
        return new DomainActivity
        {
            Vcpus = _domains.Of(domain).Count(),
            RunningTicks = c.RunningNs,
            RunnableTicks = c.RunnableNs,
            BlockedTicks = c.BlockedNs,
            OfflineTicks = c.OfflineNs,
            LostTicks = 0,
            DomainWaitTicks = c.WaitNs,
            DomainBlockTicks = c.BlockNs,
            Executions = c.Executions,
            Wakes = c.Wakes,
            Events = (long)Math.Round((perExecution * c.Executions) + (perCpuS * c.RunningNs * 1e-9)),
            EventChannelCalls = c.Notifications,
            Pages = new PageCounts(c.Maps, c.Flips, c.Copies, false),
        };
    }

    private Snapshot Take(long nowNs)
    {
        var domains = new Counts[_guests.Count + 1];
        for (int d = 0; d < domains.Length; d++)
        {
            Vcpu[] vcpus = [.. _domains.Of(d).Select(v => _machine.Vcpus[v])];
            domains[d] = new Counts
            {
                RunningNs = vcpus.Sum(v => v.InStateNs(RunState.Running)),
                RunnableNs = vcpus.Sum(v => v.InStateNs(RunState.Runnable)),
                BlockedNs = vcpus.Sum(v => v.InStateNs(RunState.Blocked)),
                WaitNs = vcpus[0].Domain?.WaitNs ?? vcpus[0].InStateNs(RunState.Runnable),
                BlockNs = vcpus[0].Domain?.BlockNs ?? vcpus[0].InStateNs(RunState.Blocked),
                OfflineNs = vcpus.Sum(v => v.InStateNs(RunState.Offline)),
                Executions = vcpus.Sum(v => v.Executions),
                Wakes = vcpus.Sum(v => v.Wakes),
                Notifications = d == 0 ? _driver.Notifications : _guests[d - 1].Notifications,
                Maps = d == 0 ? _driver.Interfaces.Sum(i => i.Maps) : _driver.Interfaces[d - 1].Maps,
                Flips = d == 0 ? _driver.Interfaces.Sum(i => i.Flips) : _driver.Interfaces[d - 1].Flips,
                Copies = d == 0 ? _driver.Interfaces.Sum(i => i.Copies) : _driver.Interfaces[d - 1].Copies,
            };
        }

        return new Snapshot(nowNs, domains, new Counts
        {
            IdleNs = _machine.Pcpus.Sum(p => p.IdleNs),
            Switches = _machine.Pcpus.Sum(p => p.Switches),
            GuestSwitches = _machine.Pcpus.Sum(p => p.GuestSwitches),
            Executions = domains.Sum(d => d.Executions),
        }, [.. _clients.Select(c => c?.Replies)], [.. _clients.Select(c => c?.ReplyBytes)], [.. Enumerable.Range(1, _guests.Count).Select(d => _domains.Of(d).Select(_machine.BoostedWakes).Aggregate((long?)0, (a, b) => a + b))]);
    }

    private static Counts Difference(Counts later, Counts earlier) => new()
    {
        RunningNs = later.RunningNs - earlier.RunningNs,
        RunnableNs = later.RunnableNs - earlier.RunnableNs,
        BlockedNs = later.BlockedNs - earlier.BlockedNs,
        WaitNs = later.WaitNs - earlier.WaitNs,
        BlockNs = later.BlockNs - earlier.BlockNs,
        OfflineNs = later.OfflineNs - earlier.OfflineNs,
        IdleNs = later.IdleNs - earlier.IdleNs,
        Executions = later.Executions - earlier.Executions,
        Wakes = later.Wakes - earlier.Wakes,
        Notifications = later.Notifications - earlier.Notifications,
        Maps = later.Maps - earlier.Maps,
        Flips = later.Flips - earlier.Flips,
        Copies = later.Copies - earlier.Copies,
        Switches = later.Switches - earlier.Switches,
        GuestSwitches = later.GuestSwitches - earlier.GuestSwitches,
    };

    private sealed record Snapshot(long AtNs, Counts[] Domains, Counts Host, long?[] Replies, long?[] ReplyBytes, long?[] Boosts);

    private readonly record struct Counts
    {
        public long RunningNs { get; init; }

        public long RunnableNs { get; init; }

        public long BlockedNs { get; init; }

        public long WaitNs { get; init; }

        public long BlockNs { get; init; }

        public long OfflineNs { get; init; }

        public long IdleNs { get; init; }

        public long Executions { get; init; }

        public long Wakes { get; init; }

        public long Notifications { get; init; }

        public long Maps { get; init; }

        public long Flips { get; init; }

        public long Copies { get; init; }

        public long Switches { get; init; }

        public long GuestSwitches { get; init; }
    }
}
