using Colocate.Simulate.Engine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Clients;

/// <summary>What lies around the clients of a guest.</summary>
/// <param name="Calendar">Where their events go.</param>
/// <param name="Card">The card that takes what they send.</param>
/// <param name="Connections">The connections of the guest.</param>
/// <param name="Guest">Number of the guest.</param>
/// <param name="Arrivals">Chance of arrivals.</param>
/// <param name="Sizes">Chance of sizes.</param>
public sealed record ClientPath(EventCalendar Calendar, NetworkCard Card, ConnectionTable Connections, int Guest, RandomSource Arrivals, RandomSource Sizes);
