using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>A model of the evaluation, held against the runs that the simulator is held against.</summary>
/// <param name="Model">Its name in the evaluation.</param>
/// <param name="Protocol">Protocol of the evaluation: the first in the reading order of <see cref="Report.Protocol"/> that holds the model.</param>
/// <param name="Predictions">Held-out combined scores by pair, mean over the folds that held the pair out.</param>
/// <param name="Runs">Runs whose pair was predicted.</param>
/// <param name="Error">Mean absolute error over these runs as a fraction of the measured score, 0 or more.</param>
public sealed record Rival(string Model, string Protocol, IReadOnlyDictionary<WorkloadPair, double> Predictions, int Runs, double Error)
{
    /// <summary>Its prediction of a pair; null when the evaluation held none out.</summary>
    public double? Predicted(WorkloadPair pair) => Predictions.TryGetValue(pair, out double value) ? value : null;

    /// <summary>Takes the held-out predictions of one model for the pairs of <paramref name="runs"/>; null when there is none.</summary>
    public static Rival? Of(string model, IEnumerable<EvaluationPairRow> rows, IReadOnlyList<RepeatedRun> runs)
    {
        IGrouping<string, EvaluationPairRow>? protocol = rows.Where(e => e.Model == model).GroupBy(e => e.Protocol)
            .OrderBy(g => Report.Protocol.Order(g.Key)).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault();
        if (protocol is null)
            return null;
        Dictionary<WorkloadPair, double> predictions = protocol
            .GroupBy(e => WorkloadPair.Of(e.WorkloadA, e.WorkloadB)).ToDictionary(g => g.Key, g => g.Average(e => e.Predicted));
        double[] errors =
            [.. runs.Where(r => predictions.ContainsKey(r.Pair)).Select(r => Math.Abs(predictions[r.Pair] - r.Measured) / r.Measured)];
        return errors.Length == 0 ? null : new Rival(model, protocol.Key, predictions, errors.Length, errors.Average());
    }
}
