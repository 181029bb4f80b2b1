using Colocate.Simulate.Engine;

namespace Colocate.Simulate.NetworkPath;

/// <summary>What the driver domain works with.</summary>
/// <param name="Calendar">Where its events go.</param>
/// <param name="Card">The network card.</param>
/// <param name="Interfaces">The virtual interfaces, one for each guest.</param>
/// <param name="Costs">Its CPU times.</param>
/// <param name="Monitoring">Its own processes.</param>
public sealed record DriverPath(EventCalendar Calendar, NetworkCard Card, IReadOnlyList<VirtualInterface> Interfaces, DriverCosts Costs, Monitoring Monitoring);
