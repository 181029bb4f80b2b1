using Colocate.Simulate.Parameters;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// How many trace records go with an execution and with a second of CPU of a domain: non-negative least squares on the measured rates
/// (spec of the readout: such weights are fitted after the physical ones, for they move nothing else).
/// </summary>
internal static class TraceRecords
{
    /// <summary>The parameters with fitted weights; the same ones when the runs determine none.</summary>
    internal static HostParameters Fit(HostParameters parameters, IReadOnlyList<CalibrationRun> runs, IReadOnlyList<RunReading> simulated)
    {
        (double, double)? driver = Weights([.. Points(r => r.Driver)]), guest = Weights([.. Points(r => r.Guest)]);
        var changes = new List<(ParameterDefinition, double)>();
        if (driver is { } d)
            changes.AddRange([(ParameterCatalogue.DriverEventsPerExecution, d.Item1), (ParameterCatalogue.DriverEventsPerCpuS, d.Item2)]);
        if (guest is { } g)
            changes.AddRange([(ParameterCatalogue.GuestEventsPerExecution, g.Item1), (ParameterCatalogue.GuestEventsPerCpuS, g.Item2)]);
        return changes.Count == 0 ? parameters : parameters.With(changes);

        IEnumerable<(double Executions, double Cpu, double Events)> Points(Func<RunReading, Colocate.Model.Tables.DomainMeasures?> part) =>
            from i in Enumerable.Range(0, runs.Count)
            let measured = part(runs[i].Measured)
            let model = part(simulated[i])
            where measured?.EventsPerS is not null && model?.ExecutionsPerS is not null
            select (model.ExecutionsPerS!.Value, model.CpuFraction ?? 0, measured.EventsPerS!.Value);
    }

    /// <summary>Least squares of events = a executions + b CPU, neither negative; null when the points do not determine both.</summary>
    private static (double PerExecution, double PerCpuS)? Weights((double Executions, double Cpu, double Events)[] points)
    {
        double xx = points.Sum(p => p.Executions * p.Executions), xy = points.Sum(p => p.Executions * p.Cpu), yy = points.Sum(p => p.Cpu * p.Cpu);
        double xe = points.Sum(p => p.Executions * p.Events), ye = points.Sum(p => p.Cpu * p.Events);
        double determinant = (xx * yy) - (xy * xy);
        if (points.Length < 2 || determinant <= 1e-9 * xx * yy)
            return null;
        double a = ((xe * yy) - (ye * xy)) / determinant, b = ((ye * xx) - (xe * xy)) / determinant;
        return a < 0 ? (0, ye / yy) : b < 0 ? (xe / xx, 0) : (a, b);
    }
}
