using System.Globalization;
using Colocate.Cli.Progress;
using Colocate.Simulate.Calibration;

namespace Colocate.Cli.Pipeline;

/// <summary>Shows a calibration's progress as it comes, on the thread that reports it.</summary>
internal sealed class CalibrationReport(ProgressDisplay display, string what) : IProgress<CalibrationProgress>
{
    /// <inheritdoc/>
    public void Report(CalibrationProgress value) => display.Report(
        value.Loss is { } loss ? string.Create(CultureInfo.InvariantCulture, $"{what}, loss {loss:0}") : what, value.Evaluations, value.Of, "candidates");
}
