using System.Globalization;
using System.Text.RegularExpressions;

namespace Colocate.Ingest.Xentrace;

/// <summary>Between which releases of Xen a trace was written, as far as its records show: releases moved events to other ids and gave records other lengths.</summary>
/// <param name="Least">The oldest that it may be; null when no record shows one.</param>
/// <param name="Most">The newest that it may be; null when no record shows one.</param>
/// <remarks><c>xen/include/public/trace.h</c> and the places that log (<c>xen/common/sched</c>, <c>xen/arch/x86</c>) of 3.2 to 4.22.</remarks>
internal sealed partial record XenReleases(Version? Least, Version? Most)
{
    private const uint WholeId = 0x0fffffff, SubClass = 0x0ffff000, OfScheduler = 0x0ffffe00, GuestFlag = 0x08000000;

    private static readonly Sign[] s_signs =
    [
        new(SubClass, EventIds.OldSchedBase) { Least = new(3, 2), Most = new(3, 3) },
        new(SubClass, EventIds.SchedBase) { Least = new(3, 4) },
        new(SubClass, EventIds.RunstateChange & SubClass) { Least = new(3, 4) },
        new(WholeId, 0x28001) { Words = 2, Most = new(4, 6) },
        new(WholeId, 0x28001) { Words = 1, Least = new(4, 7) },
        new(WholeId, EventIds.SchedBase + EventIds.SchedInfPrev) { Words = 2, Most = new(4, 7) },
        new(WholeId, EventIds.SchedBase + EventIds.SchedInfPrev) { Words = 3, Least = new(4, 8) },
        new(WholeId, EventIds.SchedBase + EventIds.SchedInfNext) { Words = 3, Most = new(4, 7) },
        new(WholeId, EventIds.SchedBase + EventIds.SchedInfNext) { Words = 4, Least = new(4, 8) },
        new(WholeId, 0x28010) { Least = new(4, 1) },
        new(WholeId, 0x28011) { Least = new(4, 9) },

        // What schedulers log of their own: credit2's number came with 4.3, the word of its budgets with that of caps; RTDS and null came later.
        new(OfScheduler, 0x22200) { Least = new(4, 3) },
        new(WholeId, 0x22203) { Words = 3, Most = new(4, 9) },
        new(WholeId, 0x22203) { Words = 4, Least = new(4, 10) },
        new(WholeId, 0x22217) { Least = new(4, 9) },
        new(OfScheduler, 0x22800) { Least = new(4, 5) },
        new(OfScheduler, 0x22a00) { Least = new(4, 9) },

        new(SubClass, EventIds.OldPvBase) { Most = new(4, 2) },
        new(SubClass, EventIds.PvBase) { Least = new(4, 3) },
        new(SubClass, EventIds.HypercallSubcall & SubClass) { Least = new(4, 3) },

        // Up to 4.0.1 records of the HVM class have a spare word; a guest of AMD's with 64 bits leaves with an id of its own since 4.19.
        new(WholeId, EventIds.VmmCall) { Words = 2, Most = new(4, 0) },
        new(SubClass, 0x84000) { Least = new(4, 5) },
        new(WholeId, EventIds.SvmExit64) { Least = new(4, 19) },

        new(WholeId, 0x1f004) { Least = new(4, 0), Most = new(4, 1) },
        new(WholeId, EventIds.IrqMoveCleanupDelay) { Words = 3, Least = new(4, 2) },
        new(WholeId, EventIds.IrqMoveCleanup) { Words = 3, Least = new(4, 2) },
        new(WholeId, 0x802003) { Least = new(4, 2) },
        new(WholeId, 0x802006) { Least = new(4, 2) },
        new(WholeId, 0x802008) { Least = new(4, 2) },

        // What an HVM guest logs through Xen: the flag is set in the guest's own id.
        new(GuestFlag, GuestFlag) { Least = new(4, 1) },
    ];

    /// <summary>What the header words of a trace show. Nothing, when they contradict each other: then some are damaged, or several traces stand in one file.</summary>
    internal static XenReleases Of(IEnumerable<uint> headers)
    {
        uint[] all = [.. headers];
        Sign[] seen = [.. s_signs.Where(s => all.Any(s.Fits))];
        Version? least = seen.Max(s => s.Least), most = seen.Select(s => s.Most).Where(m => m is not null).Min();
        return least is not null && most is not null && least > most ? new XenReleases(null, null) : new XenReleases(least, most);
    }

    /// <summary>True when a hypervisor as a manifest names it, such as <c>Xen 4.17.7</c>, cannot have written it; false too where the name has no version.</summary>
    internal bool Excludes(string? hypervisor)
    {
        Match found = Release().Match(hypervisor ?? "");
        if (!found.Success || !Version.TryParse(found.ValueSpan, out Version? named))
            return false;
        return (Least is not null && named < Least) || (Most is not null && named > Most);
    }

    /// <summary>In words.</summary>
    public override string ToString() => this switch
    {
        { Least: null, Most: null } => "of any release",
        { Least: null } => $"of Xen {Most} or older",
        { Most: null } => $"of Xen {Least} or newer",
        _ => string.Create(CultureInfo.InvariantCulture, $"of Xen {Least} to {Most}"),
    };

    [GeneratedRegex(@"(?<=^|\bxen[ -]?)\d{1,4}\.\d{1,4}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Release();

    /// <summary>Records that only some releases write: those whose id is <paramref name="Id"/> where the mask has bits.</summary>
    private sealed record Sign(uint Mask, uint Id)
    {
        /// <summary>Words of such a record; null for any number.</summary>
        internal uint? Words { get; init; }

        internal Version? Least { get; init; }

        internal Version? Most { get; init; }

        internal bool Fits(uint header) => (header & Mask & WholeId) == Id && (Words is null || (header >> 28 & 7) == Words);
    }
}
