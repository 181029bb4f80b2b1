namespace Colocate.Simulate.Schedulers;

/// <summary>What can be set of a scheduler. Not every scheduler has every setting (<see cref="SchedulerDefinition"/>); one it lacks is refused.</summary>
public sealed record SchedulerSettings
{
    /// <summary>Slice, and accounting period of the credit scheduler, 1 to 1000 ms; null: the scheduler's own, or it has none to set.</summary>
    public int? TsliceMs { get; init; }

    /// <summary>Time that a vcpu may run before another can take its pcpu away, 100 to 500000 us, 0 = no limit; null: the scheduler's own, or it has none.</summary>
    public int? RatelimitUs { get; init; }

    /// <summary>Refuses a rate limit outside Xen's range (<c>XEN_SYSCTL_SCHED_RATELIMIT_MIN</c> and <c>MAX</c> in <c>xen/include/public/sysctl.h</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range.</exception>
    internal static void CheckRatelimit(int us)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(us);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(us, 500_000);
        if (us is > 0 and < 100)
            throw new ArgumentOutOfRangeException(nameof(us), us, "a rate limit is 0 or at least 100 us");
    }
}
