using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Plans;
using Colocate.Simulate.Experiments;

namespace Colocate.Cli.Plans;

/// <summary>The simulations of a lab as a plan: a unit is one scenario with all its replicas.</summary>
internal sealed class SimulatePlan : IPlannedStage
{
    internal const string Stage = LabSteps.SimulateStage;

    private readonly WorkPlan _plan;
    private readonly ProgressDisplay _progress;
    private readonly Chosen _chosen;
    private readonly Lazy<Task<(Laboratory Laboratory, IReadOnlyDictionary<string, Experiment> Experiments, string Key)>> _prepared;

    internal SimulatePlan(WorkPlan plan, string lake, ProgressDisplay progress)
    {
        (_plan, _progress, _chosen) = (plan, progress, WorkPlan.FromElement<Chosen>(plan.Settings));
        _prepared = new(() => PrepareAsync(lake));
    }

    /// <summary>Cuts the simulations of a lab that was ingested and calibrated.</summary>
    internal static async Task<WorkPlan> MakeAsync(string folder, string parameters, ExperimentSettings settings, int chunks, ProgressDisplay progress)
    {
        using Lake lake = Lake.Open(folder);
        string key = KeyOf(lake, parameters, settings, progress);
        IReadOnlyList<Experiment> experiments = await LakeSimulation.PlanAsync(lake, ParameterFiles.Read(parameters)).ConfigureAwait(false);
        bool isDone = LabSteps.KeyOf(lake, Stage) == key;
        WorkUnit[] units =
        [
            .. experiments.Select(e => new WorkUnit(e.Scenario, null, (long)(1e6 * e.Host.DurationS * e.Host.Guests.Count), SimulationParts.Key(key, e), WorkPlan.ToElement(e.Scenario))),
        ];
        var chosen = new Chosen(Path.GetFullPath(parameters), settings.Seed, settings.Level, settings.Replicas);
        return WorkPlan.Create(Stage, chosen, units, u => !isDone && lake.ReadPart<ExperimentResult>(SimulationParts.Stage, u.Fingerprint!) is null, chunks);
    }

    /// <inheritdoc/>
    public async Task<string> WorkAsync(WorkUnit unit, LakeWorker lake, CancellationToken cancellation)
    {
        if (lake.HoldsPart<ExperimentResult>(SimulationParts.Stage, unit.Fingerprint!))
            return "already_done";
        (Laboratory laboratory, IReadOnlyDictionary<string, Experiment> experiments, string key) = await _prepared.Value.ConfigureAwait(false);
        if (!experiments.TryGetValue(unit.Unit, out Experiment? experiment) || SimulationParts.Key(key, experiment) != unit.Fingerprint)
            return "changed";
        lake.WritePart(SimulationParts.Stage, unit.Fingerprint, laboratory.Run([experiment], null, cancellation)[0]);
        return "ok";
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> States(Lake lake)
    {
        bool isDone = LabSteps.KeyOf(lake, Stage) == KeyOf(lake, _chosen.Parameters, Settings, _progress);
        return [.. _plan.Units.Select(u => isDone || lake.ReadPart<ExperimentResult>(SimulationParts.Stage, u.Fingerprint!) is not null ? "ok" : "missing")];
    }

    /// <inheritdoc/>
    public async Task CommitAsync(Lake lake, bool isComplete, CancellationToken cancellation)
    {
        if (isComplete)
            await new LabSteps(lake, _progress).SimulateAsync(CalibrateKey(lake, _chosen.Parameters), _chosen.Parameters, Settings, cancellation).ConfigureAwait(false);
    }

    private ExperimentSettings Settings => new() { Seed = _chosen.Seed, Level = _chosen.Level, Replicas = _chosen.Replicas };

    private async Task<(Laboratory, IReadOnlyDictionary<string, Experiment>, string)> PrepareAsync(string folder)
    {
        using Lake lake = Lake.OpenByManifests(folder);
        var host = ParameterFiles.Read(_chosen.Parameters);
        IReadOnlyList<Experiment> experiments = await LakeSimulation.PlanAsync(lake, host).ConfigureAwait(false);
        return (new Laboratory(host, Settings), experiments.ToDictionary(e => e.Scenario), KeyOf(lake, _chosen.Parameters, Settings, _progress));
    }

    private static string KeyOf(Lake lake, string parameters, ExperimentSettings settings, ProgressDisplay progress) =>
        new LabSteps(lake, progress).SimulateKey(CalibrateKey(lake, parameters), settings);

    /// <summary>The calibration that the lake knows, where the parameters are still its; so `run` finds the simulations done.</summary>
    private static string CalibrateKey(Lake lake, string parameters)
    {
        if (LabSteps.KeyOf(lake, LabSteps.CalibrateStage) is { } key && File.Exists(parameters) && lake.OutsideFiles(LabSteps.CalibrateStage) is [{ } written] && written.Sha256 == FileDigest.Of(parameters).Sha256)
            return key;
        throw new RequestException(ExitCode.WrongUse, $"'{parameters}' is not the calibration of the lake at '{lake.Folder}'", "calibrate with `colocate run LAB --out DIR --until calibrate` and give DIR/params.json with --params");
    }

    /// <summary>Settings as a plan carries them.</summary>
    private sealed record Chosen(string Parameters, long Seed, double Level, int Replicas);
}
