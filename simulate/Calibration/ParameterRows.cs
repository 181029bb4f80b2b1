using Colocate.Model.Tables;
using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>Parameters as table rows.</summary>
public static class ParameterRows
{
    /// <summary>A row for each parameter, in the order of the catalogue.</summary>
    /// <param name="parameters">The values.</param>
    /// <param name="fitted">Which of them were fitted.</param>
    /// <param name="found">What the runs tell of them; null when nobody asked.</param>
    public static IReadOnlyList<CalibrationParameterRow> Of(HostParameters parameters, IReadOnlyList<FittedParameter> fitted, Identifiability? found = null) =>
    [
        .. from p in ParameterCatalogue.All
           let range = fitted.FirstOrDefault(f => f.Definition == p)
           let place = found?.Fitted.Index().FirstOrDefault(f => f.Item.Definition == p, (Index: -1, Item: null!)).Index ?? -1
           let accepted = place < 0 ? [] : found!.Accepted.Select(a => (double?)a.Parameters[p]).ToArray()
           select new CalibrationParameterRow
        {
            Parameter = p.Name,
            Meaning = p.Meaning,
            ParameterUnit = p.Unit,
            Value = parameters[p],
            Low = range?.Low,
            High = range?.High,
            Fitted = range is not null,
            LogStandardError = place < 0 ? null : found!.StandardErrors[place],
            AcceptedLow = accepted.Min(),
            AcceptedHigh = accepted.Max(),
            Source = p.Source,
        },
    ];

    /// <summary>A row for each parameter of each combination, what the runs say least of first.</summary>
    public static IReadOnlyList<CalibrationEigenRow> Directions(Identifiability found) =>
    [
        .. from direction in found.Directions.Index()
           from parameter in found.Fitted.Index()
           select new CalibrationEigenRow
           {
               Direction = direction.Index + 1,
               Eigenvalue = direction.Item.Eigenvalue,
               Parameter = parameter.Item.Definition.Name,
               Loading = direction.Item.Loadings[parameter.Index],
           },
    ];

    /// <summary>A row for each point of each profile curve.</summary>
    public static IReadOnlyList<CalibrationProfileRow> Profiles(Identifiability found) =>
    [
        .. found.Profiles.Select(p => new CalibrationProfileRow
        {
            Parameter = p.Parameter.Definition.Name, ParameterUnit = p.Parameter.Definition.Unit, Value = p.Value, Loss = p.Loss, Expected = p.Expected,
        }),
    ];
}
