using Colocate.Model.Tables;

namespace Colocate.Simulate.Experiments;

/// <summary>Means over the replicas of one experiment, as table rows.</summary>
/// <param name="Run">The run as a whole.</param>
/// <param name="Domains">Its domains; the driver domain is the first, guests follow in the order of the scenario.</param>
public sealed record ExperimentResult(SimulatedRunRow Run, IReadOnlyList<SimulatedDomainRow> Domains);
