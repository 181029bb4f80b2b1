using Colocate.Model.Scores;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;

namespace Colocate.Cli.Pipeline;

/// <summary>What a calibration of a lake should find out.</summary>
/// <param name="Search">How to fit.</param>
/// <param name="Simulation">How base runs and pairs are simulated.</param>
/// <param name="Rule">How base runs make B.</param>
/// <param name="Bands">Parameter vectors to accept besides the best; 0 = none.</param>
/// <param name="Profiles">Whether to follow profile curves.</param>
/// <param name="PairRuns">Pair runs that the extra cost of a switch is fitted to; empty = none.</param>
internal sealed record CalibrationRequest(CalibrationSettings Search, ExperimentSettings Simulation, BaseRule Rule, int Bands, bool Profiles, IReadOnlyList<string> PairRuns)
{
    /// <summary>All that determines the result besides the lake.</summary>
    internal StageSettings Settings => StageSettings.Of(
        ("seed", Search.Seed), ("evaluations", Search.Evaluations), ("replicas", Simulation.Replicas), ("base_rule", Rule), ("bands", Bands), ("profiles", Profiles), ("pair_runs", string.Join(',', PairRuns)));
}
