using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Experiments;

/// <summary>A scenario to be simulated several times, and what its rows are called.</summary>
/// <param name="Scenario">Name of the scenario, unique among those stored together.</param>
/// <param name="Kind"><c>base</c>, <c>pair</c>, <c>sweep</c>, <c>like</c> or <c>what_if</c>.</param>
/// <param name="LikeRun">The measured run that it repeats; null otherwise.</param>
/// <param name="RateFraction">Nominal load; null when there is no such notion.</param>
/// <param name="Host">What to simulate.</param>
public sealed record Experiment(string Scenario, string Kind, string? LikeRun, double? RateFraction, HostScenario Host);
