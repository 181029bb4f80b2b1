namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One measured value that the simulator was calibrated to, beside its simulation.</summary>
[Table("calibration_residuals", "One measured value that the simulator was calibrated to, beside its simulation.")]
public sealed record CalibrationResidualRow
{
    [Column(Unit.Id, "Run that was measured and simulated.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Workload that was loaded; idle when none was.")]
    public string Workload { get; init; } = "";

    [Column(Unit.Name, "Domain, or host.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Name, "Column of domain_metrics, host_metrics or client_results that is compared.")]
    public string Observable { get; init; } = "";

    [Column(Unit.Text, "Measured value, in the observable's unit.")]
    public double Measured { get; init; }

    [Column(Unit.Text, "Simulated value, in the observable's unit.")]
    public double Simulated { get; init; }

    [Column(Unit.Text, "Deviation that counts as one, in the observable's unit.")]
    public double Tolerance { get; init; }

    [Column(Unit.Text, "(simulated - measured) / tolerance.")]
    public double Residual { get; init; }

    [Column(Unit.Flag, "True when the calibration minimised it; false when it is only shown.")]
    public bool Fitted { get; init; }
}
