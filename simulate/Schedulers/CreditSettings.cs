namespace Colocate.Simulate.Schedulers;

/// <summary>
/// Settings of the credit scheduler and what follows from them. File names are those of Xen 4.17 (tag RELEASE-4.17.5), where the scheduler is
/// <c>xen/common/sched/credit.c</c>; ranges are those of <c>xen/include/public/sysctl.h</c>.
/// </summary>
public sealed record CreditSettings
{
    /// <summary>Credits that running costs, per ms (<c>CSCHED_CREDITS_PER_MSEC</c>).</summary>
    public const int CreditsPerMs = 10;

    /// <summary>Running time that costs one credit, in ns: 100 us.</summary>
    public const long NsPerCredit = NsPerMs / CreditsPerMs;

    private const long NsPerUs = 1_000;
    private const long NsPerMs = 1_000_000;

    /// <summary>Slice and accounting period, 1 to 1000 ms; Xen's default is 30 (<c>CSCHED_DEFAULT_TSLICE_MS</c>, option <c>sched_credit_tslice_ms</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range.</exception>
    public int TsliceMs
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1_000);
            field = value;
        }
    }

    = 30;

    /// <summary>
    /// Time that a vcpu may run before a wake can take its pcpu away, 100 to 500000 us; 0 = no limit. Xen's default is 1000
    /// (<c>SCHED_DEFAULT_RATELIMIT_US</c>, option <c>sched_ratelimit_us</c>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range.</exception>
    public int RatelimitUs
    {
        get;
        init
        {
            SchedulerSettings.CheckRatelimit(value);
            field = value;
        }
    }

    = 1_000;

    /// <summary>Slice and accounting period, in ns.</summary>
    public long SliceNs => TsliceMs * NsPerMs;

    /// <summary>Rate limit, in ns; 0 = none. Never longer than the slice (<c>csched_init</c>).</summary>
    public long RatelimitNs => Math.Min(RatelimitUs * NsPerUs, SliceNs);

    /// <summary>Period of the tick, in ns: a third of the slice in whole us (<c>CSCHED_TICKS_PER_TSLICE</c>); all of it below 3 ms.</summary>
    public long TickNs => TsliceMs * 1_000 / (TsliceMs < 3 ? 1 : 3) * NsPerUs;

    /// <summary>Credits that running for one slice costs: 300 by default. Also what one pcpu has to give in one accounting period.</summary>
    public int CreditsPerSlice => CreditsPerMs * TsliceMs;
}
