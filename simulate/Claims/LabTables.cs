using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;

namespace Colocate.Simulate.Claims;

/// <summary>The table rows that measured runs and their simulations are compared by, in any order.</summary>
public sealed record LabTables
{
    /// <summary>What was measured.</summary>
    public required CalibrationTables Measured { get; init; }

    /// <summary>Table <c>scores</c>.</summary>
    public required IReadOnlyList<GuestScoreRow> Scores { get; init; }

    /// <summary>Table <c>simulated_runs</c>; rows that repeat no measured run are passed over.</summary>
    public required IReadOnlyList<SimulatedRunRow> SimulatedRuns { get; init; }

    /// <summary>Table <c>simulated_domains</c>.</summary>
    public required IReadOnlyList<SimulatedDomainRow> SimulatedDomains { get; init; }

    /// <summary>Table <c>calibration_residuals</c>, for runs that the calibration saw and that were not simulated again.</summary>
    public IReadOnlyList<CalibrationResidualRow> Residuals { get; init; } = [];

    /// <summary>Runs that the calibration saw, besides those of <see cref="Residuals"/>.</summary>
    public IReadOnlyList<string> Seen { get; init; } = [];
}
