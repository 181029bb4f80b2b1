namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One parameter's part in one combination of parameters, by how much the runs say of it.</summary>
[Table("calibration_eigen", "One parameter's part in one combination of parameters, by how much the runs say of it: eigenvectors of the Gauss-Newton matrix.")]
public sealed record CalibrationEigenRow
{
    [Column(Unit.Count, "Number of the combination, from 1; the first is the one of which the runs say least.")]
    public int Direction { get; init; }

    [Column(Unit.Text, "What the runs say of it, in units of what the prior says; below 1 they say less.")]
    public double Eigenvalue { get; init; }

    [Column(Unit.Name, "Parameter, as in params.json.")]
    public string Parameter { get; init; } = "";

    [Column(Unit.Text, "Component of the unit vector, -1..1; above 0.3 either way the parameter belongs to what is tied.")]
    public double Loading { get; init; }
}
