using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;
using P = Colocate.Simulate.Parameters.ParameterCatalogue;

namespace Colocate.Simulate.Paper;

/// <summary>Fits the simulator to published base cases alone, in one reading of the testbed.</summary>
public static class PaperCalibration
{
    /// <summary>Candidates that suffice as a rule: more parameters than a lab's, and simulations of some seconds.</summary>
    public const int Evaluations = 330;

    /// <summary>Simulations of a pair that a parameter is fitted to.</summary>
    private const int PairReplicas = 3;

    /// <summary>Seconds of load of a what-if on the calibrated host, the steady state's beginning included.</summary>
    private const double LoadS = 15;

    /// <summary>
    /// Where the search starts: costs of a Pentium 4 at 3.2 GHz as least squares on Tables I and II have them (CPU of each domain over requests, segments and
    /// executions, at the speed of a thread that shares its core: the driver domain takes some 60 us an execution and 20 us a segment with its acknowledgements,
    /// the guest some 300 us a request and 15 us an execution), and where earlier fits to the same tables ended. The ends of the prior are wide: all of them count
    /// as free.
    /// </summary>
    private static readonly (ParameterDefinition Parameter, double Start, double Low, double High, double PriorSd)[] s_fitted =
    [
        (P.Switch, 1.5, 0.3, 20, 0.35),
        (P.Cold, 8, 0.2, 200, 0.7),
        (P.DriverCold, 30, 0.5, 150, 0.35),
        (P.SharedSpeed, 0.7, 0.45, 0.95, 0.1),
        (P.IdleEntry, 6, 0.3, 60, 0.35),
        (P.DriverRound, 3.5, 0.5, 60, 0.5),
        (P.DriverReceive, 9.5, 0.5, 60, 0.35),
        (P.DriverTransmit, 2.5, 0.3, 40, 0.5),
        (P.DriverConnection, 85, 1, 300, 0.5),
        (P.GuestReceive, 2, 0.2, 20, 0.7),
        (P.GuestSegment, 2, 0.2, 20, 0.7),
        (P.Request, 370, 60, 800, 0.15),
        (P.RequestKb, 0.5, 0.03, 15, 0.7),
        (P.CardInterrupt, 45, 1, 500, 0.5),
    ];

    /// <summary>
    /// What is not fitted, in this generation of hosts, and comes from no fit either: the monitor's share is the paper's (claim B04), the rest as small as on such a
    /// CPU. An event with its upcall takes one to some thousand cycles of such a CPU, a poll of a guest some microseconds; the tables do not tell either from other
    /// costs of an execution, nor mapping pages from sending packets, for nearly every packet has as many: that is part of <c>driver_transmit_us</c>.
    /// </summary>
    private static readonly (ParameterDefinition Parameter, double Value)[] s_set =
    [
        (P.Monitor, 0.05), (P.MonitorRate, 60), (P.Tick, 4), (P.Background, 30), (P.BackgroundRate, 12), (P.ClientDelay, 50), (P.GuestControlShare, 0.5),
        (P.Upcall, 1), (P.GuestRound, 3), (P.DriverPage, 0),
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
        var asked = new PaperSettings { Pcpus = testbed.Pcpus, NicMbit = PaperTestbed.NicMbit, GuestWeights = [], GuestCapFractions = [], WorkloadsKb = [.. cases.Select(c => c.WorkloadKb)] };
        CalibrationResult found = Calibrator.Fit(
            runs,
            settings with
            {
                Together = (parameters, simulated) => PaperTargets.Misses(cases, asked, runs, parameters, simulated),
                Start = HostParameters.Start.With(s_set),
                Fitted = [.. s_fitted.Where(f => f.Parameter != P.SharedSpeed || testbed.ThreadsPerCore > 1).Select(f => new FittedParameter(f.Parameter, f.Start, f.Low, f.High) { PriorSd = f.PriorSd })],
            },
            progress,
            cancellation);
        CalibrationResult result = found with { Parameters = HostEvents.Fit(found.Parameters, runs, found.Simulated) };
        return (Host(cases, testbed, settings, result), result);
    }

    /// <summary>Fits the one parameter that base cases cannot tell (<see cref="PairFit"/>) to published pairs besides.</summary>
    /// <param name="host">The host, fitted to base cases alone.</param>
    /// <param name="result">The calibration that it comes from.</param>
    /// <param name="pairs">The pairs, at least one; their workloads are among the base cases.</param>
    /// <param name="jobs">Simulations at once.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PairFitResult FitPairs(CalibratedHost host, CalibrationResult result, IReadOnlyList<PublishedPair> pairs, int jobs, CancellationToken cancellation = default)
    {
        PairRun[] runs = [.. pairs.Select(p => new PairRun("paper", Experiment(host, p), [.. p.Together.Workloads.Zip([p.ThroughputPerS, p.OtherThroughputPerS], (w, t) => (double?)(t / host.Find(w)!.BasePerS))]))];
        PairFitResult paired = PairFit.Of(host, result, runs, new ExperimentSettings { Replicas = PairReplicas, Seed = host.Seed, Jobs = jobs }, cancellation: cancellation);

        // What an execution costs in event records goes with how many there are.
        return paired with { Host = paired.Host with { Parameters = HostEvents.Fit(paired.Host.Parameters, result.Runs, paired.SimulatedAlone) } };
    }

    private static Experiment Experiment(CalibratedHost host, PublishedPair pair) =>
        new(pair.Name, "pair", pair.Name, 1, WhatIf.Scenario(host, [.. pair.Together.Workloads.Select(w => (w, 1.0))]));

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
