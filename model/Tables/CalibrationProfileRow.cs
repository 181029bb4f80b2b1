namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One point of a profile curve: a parameter held, all others at their best.</summary>
[Table("calibration_profiles", "One point of a profile curve: a parameter held, all others at their best.")]
public sealed record CalibrationProfileRow
{
    [Column(Unit.Name, "Parameter that is held, as in params.json.")]
    public string Parameter { get; init; } = "";

    [Column(Unit.Name, "Unit of value.")]
    public string ParameterUnit { get; init; } = "";

    [Column(Unit.Text, "Where it is held, in the unit beside it.")]
    public double Value { get; init; }

    [Column(Unit.Text, "Least loss found there: squared deviations in tolerances, prior included.")]
    public double Loss { get; init; }

    [Column(Unit.Text, "Loss that a parabola with the parameter's standard error expects there.")]
    public double Expected { get; init; }
}
