using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;
using P = Colocate.Simulate.Parameters.ParameterCatalogue;

namespace Colocate.Simulate.Paper;

/// <summary>Fits the simulator to published base cases alone, in one reading of the testbed.</summary>
public static class PaperCalibration
{
    /// <summary>Candidates that suffice as a rule: more parameters than a lab's, and simulations of a second.</summary>
    public const int Evaluations = 700;

    /// <summary>Seconds of load of a what-if on the calibrated host, the steady state's beginning included.</summary>
    private const double LoadS = 15;

    /// <summary>
    /// Where the search starts: costs of a Pentium 4 at 3.2 GHz derived from the tables (per packet, per wake, per request) or published; a factor of
    /// two is what such derivations are good for.
    /// </summary>
    private static readonly (ParameterDefinition Parameter, double Start, double Low, double High, double PriorSd)[] s_fitted =
    [
        (P.Switch, 2, 0.3, 20, 1.1),
        (P.Cold, 10, 0.5, 60, 1),
        (P.SharedSpeed, 0.62, 0.45, 0.95, 0.15),
        (P.Upcall, 1.5, 0.2, 15, 1.1),
        (P.DriverRound, 10, 1, 60, 1.1),
        (P.DriverReceive, 9, 1, 60, 1.1),
        (P.DriverTransmit, 5, 0.5, 40, 1.1),
        (P.DriverPage, 2.5, 0.3, 20, 1.1),
        (P.DriverConnection, 20, 1, 150, 1.1),
        (P.GuestRound, 4, 0.5, 40, 1.1),
        (P.GuestReceive, 4, 0.5, 30, 1.1),
        (P.GuestSegment, 5, 0.5, 40, 1.1),
        (P.Request, 230, 60, 800, 1.1),
        (P.RequestKb, 1, 0.1, 15, 1.1),
        (P.CardInterrupt, 120, 5, 500, 1.1),
    ];

    /// <summary>What is not fitted, in this generation of hosts: the monitor's share is the paper's (claim B04), the rest as small as on such a CPU.</summary>
    private static readonly (ParameterDefinition Parameter, double Value)[] s_set =
    [
        (P.Monitor, 0.05), (P.MonitorRate, 60), (P.Tick, 4), (P.Background, 30), (P.BackgroundRate, 12), (P.ClientDelay, 50), (P.GuestControlShare, 0.5),
    ];

    /// <summary>Fits.</summary>
    /// <param name="cases">The base cases.</param>
    /// <param name="testbed">The reading of the testbed.</param>
    /// <param name="settings">How to search; start and fitted parameters are the paper's own.</param>
    /// <param name="progress">Told of every generation; null = nobody is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static (CalibratedHost Host, CalibrationResult Result) Fit(
        IReadOnlyList<PublishedBaseCase> cases, PaperTestbed testbed, CalibrationSettings settings, IProgress<CalibrationProgress>? progress = null, CancellationToken cancellation = default)
    {
        IReadOnlyList<CalibrationRun> runs = PaperBaseCases.Runs(cases, testbed);
        CalibrationResult found = Calibrator.Fit(
            runs,
            settings with
            {
                Start = HostParameters.Start.With(s_set),
                Fitted = [.. s_fitted.Where(f => f.Parameter != P.SharedSpeed || testbed.ThreadsPerCore > 1).Select(f => new FittedParameter(f.Parameter, f.Start, f.Low, f.High) { PriorSd = f.PriorSd })],
            },
            progress,
            cancellation);
        CalibrationResult result = found with { Parameters = HostEvents.Fit(found.Parameters, runs, found.Simulated) };
        return (Host(cases, testbed, settings, result), result);
    }

    private static CalibratedHost Host(IReadOnlyList<PublishedBaseCase> cases, PaperTestbed testbed, CalibrationSettings settings, CalibrationResult result)
    {
        HostGeneration generation = HostGeneration.Xen34;
        return new CalibratedHost
        {
            Parameters = result.Parameters,
            Fitted = result.Fitted,
            Generation = generation,
            ThreadsPerCore = testbed.ThreadsPerCore,
            DriverVcpus = testbed.Pcpus,
            GuestVcpus = testbed.Pcpus,
            Workloads = [.. cases.Select((c, i) => new CalibratedWorkload
            {
                Workload = FormattableString.Invariant($"{c.WorkloadKb}KB"),
                ReplyBytes = c.WorkloadKb * 1024,
                BasePerS = c.ThroughputPerS,
                SimulatedBasePerS = result.Simulated[i].ThroughputPerS ?? c.ThroughputPerS,
                TimeoutS = generation.PatienceS,
                Poisson = false,
                Workers = generation.Server.Workers,
                Backlog = generation.Server.Backlog,
            })],
            Pcpus = testbed.Pcpus,
            Scheduler = generation.SchedulerName,
            TsliceMs = 30,
            RatelimitUs = 0,
            NicMbit = PaperTestbed.NicMbit,
            NicBurstBytes = null,
            NicQueueBytes = PaperTestbed.NicQueueBytes,
            LoadS = LoadS,
            SpeedSd = 0,
            Seed = settings.Seed,
            Runs = [.. result.Runs.Select(r => r.Run)],
            Evaluations = result.Evaluations,
            Loss = result.Loss,
        };
    }
}
