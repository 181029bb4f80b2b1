using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Paper;

/// <summary>
/// What the paper says of its base cases in words and ratios, as residuals: how far each claim that a calibration may see is missed, in its own tolerances.
/// Claims on pairs and sweeps are not among them.
/// </summary>
internal static class PaperTargets
{
    /// <summary>Miss that an order which does not hold, and a limit without a tolerance, count for; and beyond which being further off counts for little.</summary>
    private const double WithoutTolerance = 6, FarOff = 3.5;

    private static readonly Claim[] s_claims = [.. ClaimCatalogue.All.Where(c => c.Statement.Role == ClaimRole.Calibrate)];

    /// <summary>A residual for each of the claims.</summary>
    /// <param name="cases">The base cases.</param>
    /// <param name="settings">The host that claims are asked of.</param>
    /// <param name="runs">The base cases as runs, in the same order.</param>
    /// <param name="parameters">What they were simulated with.</param>
    /// <param name="simulated">What came out, in the same order.</param>
    internal static IReadOnlyList<double> Misses(
        IReadOnlyList<PublishedBaseCase> cases, PaperSettings settings, IReadOnlyList<CalibrationRun> runs, HostParameters parameters, IReadOnlyList<RunReading> simulated)
    {
        HostParameters counted = HostEvents.Fit(parameters, runs, simulated);
        var evidence = new ClaimEvidence(settings, cases.Zip(simulated).ToDictionary(c => ClaimExperiment.Alone(c.First.WorkloadKb), c => Reading(c.First, c.Second, counted)), cases);
        return [.. s_claims.Select(c => c.Needs.All(evidence.Has) ? Held(c.Judge(evidence).Miss) : 0)];
    }

    private static double Held(double? miss)
    {
        double counted = miss is { } m && double.IsFinite(m) ? m : WithoutTolerance;
        return counted / Math.Sqrt(1 + (counted * counted / (FarOff * FarOff)));
    }

    private static ClaimReading Reading(PublishedBaseCase of, RunReading run, HostParameters counted) => new()
    {
        CpuFraction = run.Host?.CpuFraction ?? 0,
        EventsPerS = HostEvents.PerS(counted, run),
        SwitchesPerS = run.Host?.SwitchesPerS ?? 0,
        PagesPerS = run.Driver?.PagesPerS ?? 0,
        Driver = Domain(run.Driver),
        Guests =
        [
            new GuestReading
            {
                CpuFraction = run.Guest?.CpuFraction ?? 0,
                WaitFraction = run.Guest?.WaitFraction ?? 0,
                BlockFraction = run.Guest?.BlockFraction ?? 0,
                ExecutionsPerS = run.Guest?.ExecutionsPerS ?? 0,
                OfferedPerS = of.ThroughputPerS,
                ThroughputPerS = run.ThroughputPerS ?? 0,
                NetKbPerS = (run.ThroughputPerS ?? 0) * ((of.WorkloadKb * 1024) + HostGeneration.Xen34.ReplyHeaderBytes) / 1024,
            },
        ],
    };

    private static DomainReading Domain(DomainMeasures? of) => new()
    {
        CpuFraction = of?.CpuFraction ?? 0, WaitFraction = of?.WaitFraction ?? 0, BlockFraction = of?.BlockFraction ?? 0, ExecutionsPerS = of?.ExecutionsPerS ?? 0,
    };
}
