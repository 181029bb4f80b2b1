using Colocate.Simulate.Clients;
using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Paper;

/// <summary>
/// The host of "Understanding Performance Interference of I/O Workload in Virtualized Cloud Environments" (IEEE CLOUD 2010, section II.B), as
/// far as the paper says, in one of the readings that its text allows.
/// </summary>
/// <param name="Pcpus">Pcpus, each domain with as many vcpus: the reasoning of section IV.B shares out one (100 % / 3), section II.B names two.</param>
/// <param name="ThreadsPerCore">Pcpus of a core: the workstation has one socket, and a Pentium 4 of that clock shows its two hyper-threads as cpus.</param>
public sealed record PaperTestbed(int Pcpus, int ThreadsPerCore)
{
    /// <summary>Rate of the card, Intel PRO/100 (section II.B), in Mbit/s.</summary>
    public const double NicMbit = 100;

    /// <summary>Packets of full size that may wait in front of the card (txqueuelen of Linux), in bytes.</summary>
    public const long NicQueueBytes = 1000 * 1514;

    /// <summary>One pcpu, one vcpu a domain.</summary>
    public static PaperTestbed OnePcpu { get; } = new(1, 1);

    /// <summary>Two hyper-threads as pcpus, two vcpus a domain; the monitor's figures are means over both.</summary>
    public static PaperTestbed TwoPcpus { get; } = new(2, 2);

    /// <summary>A run of workloads on it.</summary>
    /// <param name="loads">File size in KB and offered rate in 1/s of each guest.</param>
    /// <param name="settleS">Seconds of load before the window.</param>
    /// <param name="windowS">Seconds that are measured.</param>
    public HostScenario Scenario(IReadOnlyList<(int Kb, double OfferedPerS)> loads, double settleS, double windowS)
    {
        HostGeneration generation = HostGeneration.Xen34;
        return new HostScenario
        {
            Guests = [.. loads.Select((load, i) => new GuestScenario
            {
                Domain = FormattableString.Invariant($"VM{i + 1}"),
                Workload = FormattableString.Invariant($"{load.Kb}KB"),
                Vcpus = Pcpus,
                Server = generation.Server,
                Client = new ClientSettings
                {
                    Load = new OpenLoad(load.OfferedPerS),
                    ReplyBytes = load.Kb * 1024,
                    TimeoutS = generation.PatienceS,
                    SynTimeoutS = generation.SynTimeoutS,
                    AcksPerSegment = generation.AcksPerSegment,
                    MayLose = generation.MayLose,
                    ReplyHeaderBytes = generation.ReplyHeaderBytes,
                },
            })],
            DurationS = settleS + windowS,
            WindowStartS = settleS,
            CountsWindowOnly = true,
            Generation = generation,
            SchedulerName = generation.SchedulerName,
            Pcpus = Pcpus,
            ThreadsPerCore = ThreadsPerCore,
            DriverVcpus = Pcpus,
            NicMbit = NicMbit,
            NicQueueBytes = NicQueueBytes,
        };
    }
}
