using Colocate.Simulate.Experiments;

namespace Colocate.Simulate.Calibration;

/// <summary>A measured run of several loaded guests that a parameter is fitted to.</summary>
/// <param name="Campaign">Its campaign.</param>
/// <param name="Experiment">The run as it was.</param>
/// <param name="Scores">T / B of each guest as measured, in the order of the scenario; null where unknown or not loaded.</param>
public sealed record PairRun(string Campaign, Experiment Experiment, IReadOnlyList<double?> Scores);
