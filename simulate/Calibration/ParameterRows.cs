using Colocate.Model.Tables;
using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>Parameters as table rows.</summary>
public static class ParameterRows
{
    /// <summary>A row for each parameter, in the order of the catalogue.</summary>
    public static IReadOnlyList<CalibrationParameterRow> Of(HostParameters parameters) =>
    [
        .. ParameterCatalogue.All.Select(p => new CalibrationParameterRow
        {
            Parameter = p.Name,
            Meaning = p.Meaning,
            ParameterUnit = p.Unit,
            Value = parameters[p],
            Low = p.Low,
            High = p.High,
            Fitted = p.IsFitted,
            Source = p.Source,
        }),
    ];
}
