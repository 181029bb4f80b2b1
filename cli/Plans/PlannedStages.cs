using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Plans;

namespace Colocate.Cli.Plans;

/// <summary>Every stage that can be planned.</summary>
internal static class PlannedStages
{
    internal static IReadOnlyList<string> Names { get; } = [IngestPlan.Stage, SimulatePlan.Stage, EvaluatePlan.Stage];

    /// <summary>The stage of a plan.</summary>
    /// <exception cref="RequestException">There is no such stage (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static IPlannedStage Of(WorkPlan plan, string lake, ProgressDisplay progress) => plan.Stage switch
    {
        IngestPlan.Stage => new IngestPlan(plan, progress),
        SimulatePlan.Stage => new SimulatePlan(plan, lake, progress),
        EvaluatePlan.Stage => new EvaluatePlan(plan, lake, progress),
        _ => throw new RequestException(ExitCode.WrongUse, $"The plan is of a stage '{plan.Stage}' that this version does not have", "use one version of colocate on all machines"),
    };
}
