using System.Globalization;
using Colocate.Model.Lake;
using Colocate.Predict;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Experiments;

namespace Colocate.Cli.Pipeline;

/// <summary>Settings that determine what a step puts out, in the words of the command line: they name its result and stand in its manifest.</summary>
internal sealed class StageSettings
{
    private StageSettings(IReadOnlyList<StageSetting> all) => All = all;

    /// <summary>For steps that nothing but their inputs determines.</summary>
    internal static StageSettings None { get; } = new([]);

    /// <summary>Every setting with its value as invariant text.</summary>
    internal IReadOnlyList<StageSetting> All { get; }

    /// <summary>The values: the part of a fingerprint.</summary>
    internal string Key => string.Join(' ', All.Select(s => s.Value));

    internal static StageSettings Of(params IReadOnlyList<(string Name, object Value)> settings) =>
        new([.. settings.Select(s => new StageSetting(s.Name, s.Value is bool flag ? (flag ? "true" : "false") : Convert.ToString(s.Value, CultureInfo.InvariantCulture)!))]);

    internal static StageSettings Of(ExperimentSettings settings) => Of(("seed", settings.Seed), ("level", settings.Level), ("replicas", settings.Replicas));

    internal static StageSettings Of(StudySettings settings) => Of(("seed", settings.Seed), ("level", settings.Level));

    /// <summary>Of a fit to the published base cases.</summary>
    internal static StageSettings OfPaper(CalibrationSettings search) => Of(("host", "paper"), ("seed", search.Seed), ("evaluations", search.Evaluations));
}
