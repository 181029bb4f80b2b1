namespace Colocate.Simulate.Claims;

/// <summary>How the paper's host was set up (sections II.A to II.C), held against the settings of the simulated one.</summary>
internal static class SetupClaims
{
    internal static IReadOnlyList<Claim> All { get; } =
    [
        Claim.Of("S01", [], Setting("physical cpus", 2, s => s.Pcpus)),
        Claim.Of("S02", [], Setting("rate of the network card", 100, s => s.NicMbit)),
        Claim.Of("S03", [], new ValueTest(ClaimTarget.About(1), Tolerance.Exact, e => [($"follows version {e.Settings.Hypervisor}", e.Settings.Hypervisor is null ? null : e.Settings.Hypervisor == "3.4.0" ? 1 : 0)], "1 = the same")),
        Claim.Of("S04", [], new ValueTest(ClaimTarget.About(0), Tolerance.Exact, e =>
        [
            .. e.Settings.GuestCapFractions.Select((c, i) => ($"cap of VM{i + 1}", (double?)(100 * c))),
            .. e.Settings.GuestWeights.Select((w, i) => ($"weight of VM{i + 1} beyond that of VM1", (double?)(w - e.Settings.GuestWeights[0]))),
        ])),
        Claim.Of("S05", [], new ValueTest(ClaimTarget.About(0), Tolerance.Exact, "file sizes that differ", e =>
            e.Settings.WorkloadsKb.Except(Sizes.All).Count() + Sizes.All.Except(e.Settings.WorkloadsKb).Count(), "count")),
        Claim.Of("S06", [], Setting("remappings for a packet to a guest", 3, s => s.RemapsPerReceived)),
        Claim.Of("S07", [], Setting("remappings for a packet from a guest", 2, s => s.RemapsPerSent)),
        Claim.Of("B04", [], new ValueTest(ClaimTarget.About(2.5), Tolerance.Absolute(0.5), "CPU of monitoring", e => 100 * e.Settings.MonitorCpuFraction)),
    ];

    private static ValueTest Setting(string of, double target, Func<PaperSettings, double?> value) => new(ClaimTarget.About(target), Tolerance.Exact, of, e => value(e.Settings));
}
