using Colocate.Simulate.Parameters;

namespace Colocate.Tests.Simulate.Parameters;

/// <summary>Calibrated hosts that nobody had to calibrate.</summary>
internal static class CalibratedHosts
{
    /// <summary>A slow host with two workloads and runs of four seconds; no two values of a field's type are alike.</summary>
    internal static CalibratedHost Slow { get; } = new()
    {
        Parameters = HostParameters.Start,
        Fitted = FittedParameter.Catalogue,
        Workloads =
        [
            new CalibratedWorkload { Workload = "1KB", ReplyBytes = 1024, BasePerS = 60, SimulatedBasePerS = 58.5, TimeoutS = 10, Poisson = false, Workers = 8, Backlog = 7 },
            new CalibratedWorkload { Workload = "30KB", ReplyBytes = 30720, BasePerS = 11.5, SimulatedBasePerS = 11.25, TimeoutS = 9.5, Poisson = true, Workers = 6, Backlog = 5 },
        ],
        Pcpus = 1,
        TsliceMs = 30,
        RatelimitUs = 1000,
        NicMbit = 3.2,
        NicBurstBytes = 6000,
        NicQueueBytes = 800_000,
        LoadS = 4,
        SpeedSd = 0.05,
        Seed = 11,
        Runs = ["base-1", "base-30", "idle"],
        Evaluations = 220,
        Loss = 12.25,
    };
}
