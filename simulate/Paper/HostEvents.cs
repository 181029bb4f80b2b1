using Colocate.Simulate.Calibration;
using Colocate.Simulate.Parameters;
using MathNet.Numerics.LinearAlgebra;

namespace Colocate.Simulate.Paper;

/// <summary>
/// How many events of a host go with its switches, exchanged and mapped pages, notifications and requests, where they are known for the host alone:
/// non-negative least squares on relative deviations, after the physical fit, for such weights move nothing else.
/// </summary>
internal static class HostEvents
{
    private static readonly (ParameterDefinition Weight, Func<RunReading, double> Count)[] s_causes =
    [
        (ParameterCatalogue.HostEventsPerSwitch, r => r.Host?.SwitchesPerS ?? 0),
        (ParameterCatalogue.HostEventsPerPage, r => r.Host?.PagesTransferredPerS ?? 0),
        (ParameterCatalogue.HostEventsPerMap, r => r.Host?.PagesMappedPerS ?? 0),
        (ParameterCatalogue.HostEventsPerNotification, r => r.Host?.EventChannelPerS ?? 0),
        (ParameterCatalogue.HostEventsPerRequest, r => r.ThroughputPerS ?? 0),
    ];

    /// <summary>The weights that are not counted for the host when these are.</summary>
    private static readonly ParameterDefinition[] s_byDomain =
    [
        ParameterCatalogue.DriverEventsPerExecution, ParameterCatalogue.DriverEventsPerCpuS, ParameterCatalogue.GuestEventsPerExecution,
        ParameterCatalogue.GuestEventsPerCpuS, ParameterCatalogue.IdleEventsPerExecution,
    ];

    /// <summary>Weights that were free when those of <paramref name="parameters"/> were fitted, whether they came out above 0 or not; 0 when none was fitted.</summary>
    internal static int FreeWeights(HostParameters parameters) => s_causes.Any(c => parameters[c.Weight] != 0) ? s_causes.Length : 0;

    /// <summary>Events per second of the host that the weights of <paramref name="parameters"/> make of a run.</summary>
    internal static double PerS(HostParameters parameters, RunReading run) => s_causes.Sum(c => parameters[c.Weight] * c.Count(run));

    /// <summary>The parameters with fitted weights; of all sets of no more causes than runs whose weights come out positive, the one that leaves the least.</summary>
    internal static HostParameters Fit(HostParameters parameters, IReadOnlyList<CalibrationRun> runs, IReadOnlyList<RunReading> simulated)
    {
        double[] best = new double[s_causes.Length];
        double least = double.PositiveInfinity;
        for (int set = 1; set < 1 << s_causes.Length; set++)
        {
            int[] causes = [.. Enumerable.Range(0, s_causes.Length).Where(c => (set & (1 << c)) != 0)];
            if (causes.Length > runs.Count)
                continue;
            Matrix<double> counts = Matrix<double>.Build.Dense(runs.Count, causes.Length, (r, c) => s_causes[causes[c]].Count(simulated[r]) / runs[r].Measured.Host!.EventsPerS!.Value);
            Vector<double> ones = Vector<double>.Build.Dense(runs.Count, 1);
            Vector<double> weights = counts.QR().Solve(ones);
            double left = (ones - (counts * weights)).L2Norm();
            if (weights.Any(w => !(w >= 0)) || left >= least)
                continue;
            (least, best) = (left, new double[s_causes.Length]);
            for (int c = 0; c < causes.Length; c++)
                best[causes[c]] = weights[c];
        }

        return parameters.With([.. s_causes.Select((c, i) => (c.Weight, best[i])), .. s_byDomain.Select(p => (p, 0.0))]);
    }
}
