using Colocate.Model.Tables;
using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>Parameters as table rows.</summary>
public static class ParameterRows
{
    /// <summary>A row for each parameter, in the order of the catalogue.</summary>
    /// <param name="parameters">The values.</param>
    /// <param name="fitted">Which of them were fitted.</param>
    public static IReadOnlyList<CalibrationParameterRow> Of(HostParameters parameters, IReadOnlyList<FittedParameter> fitted) =>
    [
        .. from p in ParameterCatalogue.All
           let range = fitted.FirstOrDefault(f => f.Definition == p)
           select new CalibrationParameterRow
        {
            Parameter = p.Name,
            Meaning = p.Meaning,
            ParameterUnit = p.Unit,
            Value = parameters[p],
            Low = range?.Low,
            High = range?.High,
            Fitted = range is not null,
            Source = p.Source,
        },
    ];
}
