namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One parameter of the simulator after calibration.</summary>
[Table("calibration_parameters", "One parameter of the simulator after calibration.")]
public sealed record CalibrationParameterRow
{
    [Column(Unit.Name, "Parameter, as in params.json.")]
    public string Parameter { get; init; } = "";

    [Column(Unit.Text, "What it is.")]
    public string Meaning { get; init; } = "";

    [Column(Unit.Name, "Unit of value, low and high.")]
    public string ParameterUnit { get; init; } = "";

    [Column(Unit.Text, "Its value, in the unit beside it.")]
    public double Value { get; init; }

    [Column(Unit.Text, "Lower end of the range searched.", NullMeans = "not searched")]
    public double? Low { get; init; }

    [Column(Unit.Text, "Upper end of the range searched.", NullMeans = "not searched")]
    public double? High { get; init; }

    [Column(Unit.Flag, "True when it was fitted to runs, false when it was set beforehand.")]
    public bool Fitted { get; init; }

    [Column(Unit.Fraction, "Standard error of its natural logarithm, widened by the misfit.", NullMeans = "not fitted, or not asked for")]
    public double? LogStandardError { get; init; }

    [Column(Unit.Text, "Least value among the accepted vectors.", NullMeans = "not fitted, or not asked for")]
    public double? AcceptedLow { get; init; }

    [Column(Unit.Text, "Largest value among the accepted vectors.", NullMeans = "not fitted, or not asked for")]
    public double? AcceptedHigh { get; init; }

    [Column(Unit.Text, "Where value or range come from: header, article, manifest, observation.")]
    public string Source { get; init; } = "";
}
