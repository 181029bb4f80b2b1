using Colocate.Model.Lake;
using Colocate.Simulate.Experiments;

namespace Colocate.Cli.Plans;

/// <summary>Simulated scenarios that were worked on one by one.</summary>
internal static class SimulationParts
{
    internal const string Stage = "simulate";

    /// <summary>What determines one scenario's result.</summary>
    internal static string Key(string whole, Experiment experiment)
    {
        using var key = new Fingerprint();
        return key.Add("whole", whole).Add("scenario", experiment.Scenario).Finish();
    }

    /// <summary>Results of all experiments, in their order: those that are there, and the others from <paramref name="run"/>.</summary>
    internal static IReadOnlyList<ExperimentResult> Complete(
        Lake lake, string whole, IReadOnlyList<Experiment> experiments, Func<IReadOnlyList<Experiment>, IReadOnlyList<ExperimentResult>> run)
    {
        ExperimentResult?[] known = [.. experiments.Select(e => lake.ReadPart<ExperimentResult>(Stage, Key(whole, e)))];
        IReadOnlyList<Experiment> missing = [.. experiments.Where((_, i) => known[i] is null)];
        var made = new Queue<ExperimentResult>(missing.Count == 0 ? [] : run(missing));
        return [.. known.Select(k => k ?? made.Dequeue())];
    }
}
