using Colocate.Cli.Commands;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Scores;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;

namespace Colocate.Cli.Pipeline;

/// <summary>A model and all workloads that it can be asked about: its own, and those of a lake or a CSV file.</summary>
internal sealed class KnownWorkloads
{
    private readonly PredictionModel _model;
    private readonly Dictionary<string, SoloProfile> _profiles;
    private readonly SimulatedPairs _simulated;
    private readonly double _level;

    private KnownWorkloads(PredictionModel model, IReadOnlyList<SoloProfile> extras, SimulatedPairs simulated, double level)
    {
        _profiles = model.Training.Profiles.ToDictionary(p => p.Workload);
        foreach (SoloProfile extra in extras)
            _profiles.TryAdd(extra.Workload, extra);
        (_model, _simulated, _level) = (model, model.Training.Simulated.Or(simulated), level);
    }

    /// <summary>Names of the workloads.</summary>
    internal IEnumerable<string> Names => _profiles.Keys;

    /// <exception cref="RequestException">The model does not fit the workloads (wrong use), or a file cannot be read.</exception>
    internal static async Task<KnownWorkloads> ReadAsync(PredictionModel model, string? folder, string? csv, double level)
    {
        (IReadOnlyList<SoloProfile> extras, SimulatedPairs simulated) = await ExtraAsync(folder, csv).ConfigureAwait(false);
        model.CheckFits(extras, folder ?? csv ?? "");
        return new KnownWorkloads(model, extras, simulated, level);
    }

    /// <exception cref="RequestException">Nothing matched: nothing is known of one of them.</exception>
    internal PairPrediction Predict(string a, string b) => _model.Predict(_simulated.Of(Profile(a), Profile(b)), _level);

    /// <exception cref="RequestException">Nothing matched: nothing is known of it.</exception>
    internal SoloProfile Profile(string workload) => _profiles.GetValueOrDefault(workload) ?? (workload == DomainSpec.IdleWorkload
        ? new SoloProfile(workload, [])
        : throw new RequestException(
            ExitCode.NothingMatched,
            $"Nothing is known of the workload '{workload}'",
            $"name one of {string.Join(", ", Names)}, or give its base run with --lake or its figures with --solo"));

    private static async Task<(IReadOnlyList<SoloProfile> Profiles, SimulatedPairs Simulated)> ExtraAsync(string? folder, string? csv)
    {
        if (csv is not null)
        {
            using StreamReader text = TrainingInputs.OpenText(csv);
            return (SoloCsv.Read(text, csv), SimulatedPairs.None);
        }

        if (folder is null)
            return ([], SimulatedPairs.None);
        using Lake lake = Lake.Open(folder);
        ScoreTables scores = await LakeScores.ComputeAsync(lake).ConfigureAwait(false);
        return (await LakeTraining.ProfilesAsync(lake, scores).ConfigureAwait(false), await LakeTraining.SimulatedAsync(lake).ConfigureAwait(false));
    }
}
