using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Experiments;

/// <summary>A scenario to be simulated several times, and what its rows are called.</summary>
/// <param name="Scenario">Name of the scenario, unique among those stored together.</param>
/// <param name="Kind"><c>pair</c>, <c>sweep</c>, <c>like</c>, <c>base</c> or <c>what_if</c>; the last two are not stored.</param>
/// <param name="LikeRun">The measured run that it repeats; null otherwise.</param>
/// <param name="RateFraction">Nominal load; null when there is no such notion.</param>
/// <param name="Host">What to simulate.</param>
public sealed record Experiment(string Scenario, string Kind, string? LikeRun, double? RateFraction, HostScenario Host);
