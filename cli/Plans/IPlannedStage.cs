using Colocate.Model.Lake;
using Colocate.Model.Plans;

namespace Colocate.Cli.Plans;

/// <summary>A stage whose work is cut into units for many processes. Adding one is a class and a line in <see cref="PlannedStages"/>.</summary>
internal interface IPlannedStage
{
    /// <summary>Does one unit and leaves its result in the lake. May be called from several threads.</summary>
    /// <returns><c>ok</c>, <c>lossy</c>, <c>set_aside</c>; <c>already_done</c>; <c>changed</c>: its inputs are not those that were planned, nothing was written.</returns>
    Task<string> WorkAsync(WorkUnit unit, LakeWorker lake, CancellationToken cancellation);

    /// <summary>State of every unit in the lake, in the plan's order: <c>ok</c>, <c>lossy</c>, <c>set_aside</c>, <c>changed</c> or <c>missing</c>.</summary>
    IReadOnlyList<string> States(Lake lake);

    /// <summary>Makes the results that are there part of the lake.</summary>
    /// <param name="lake">The lake, opened for writing.</param>
    /// <param name="isComplete">True when no unit is missing.</param>
    /// <param name="cancellation">Stops it.</param>
    Task CommitAsync(Lake lake, bool isComplete, CancellationToken cancellation);
}
