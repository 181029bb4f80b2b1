using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>A simulated scenario with two loaded guests.</summary>
/// <param name="Scenario">Its means over replicas.</param>
/// <param name="Pair">The workloads.</param>
/// <param name="First">Guest of the first workload of the pair; the one placed first when both are equal.</param>
/// <param name="Second">The other guest.</param>
/// <param name="Driver">The driver domain; null when it was not stored.</param>
public sealed record SimulatedPair(
    SimulatedRunRow Scenario, WorkloadPair Pair, SimulatedDomainRow First, SimulatedDomainRow Second, SimulatedDomainRow? Driver)
{
    /// <summary>The tables that simulated pairs are made from.</summary>
    public static IReadOnlyList<Table> Reads { get; } = [Table.Of<SimulatedRunRow>(), Table.Of<SimulatedDomainRow>()];

    /// <summary>Every scenario that loads exactly two guests, in table order.</summary>
    public static IReadOnlyList<SimulatedPair> All(ReportTables tables)
    {
        ILookup<string, SimulatedDomainRow> domains = tables.SimulatedDomains.OrderBy(d => d.DomainIndex).ToLookup(d => d.Scenario);
        return
        [
            .. from scenario in tables.SimulatedRuns
               let guests = domains[scenario.Scenario].Where(d => d.Workload is not null and not DomainSpec.IdleWorkload).ToArray()
               where guests.Length == 2
               let isSwapped = WorkloadPair.IsSwapped(guests[0].Workload!, guests[1].Workload!)
               select new SimulatedPair(
                   scenario,
                   WorkloadPair.Of(guests[0].Workload!, guests[1].Workload!),
                   guests[isSwapped ? 1 : 0],
                   guests[isSwapped ? 0 : 1],
                   domains[scenario.Scenario].FirstOrDefault(d => d.Workload is null)),
        ];
    }
}
