using Colocate.Simulate.Engine;

namespace Colocate.Simulate.Guests;

/// <summary>A process that computes in bursts and sleeps in between.</summary>
internal sealed class ComputingProcess
{
    private readonly EventCalendar _calendar;
    private readonly int _guest, _number;
    private readonly double _burstNs, _sleepNs;
    private RandomSource _random;

    /// <summary>Makes a process; <see cref="Start"/> sets it going.</summary>
    /// <param name="calendar">Where its events go.</param>
    /// <param name="guest">Number of the guest.</param>
    /// <param name="number">Number of its vcpu within the guest.</param>
    /// <param name="load">How much it computes.</param>
    /// <param name="random">Its chance.</param>
    /// <exception cref="ArgumentException">The load is out of range.</exception>
    internal ComputingProcess(EventCalendar calendar, int guest, int number, ComputingLoad load, RandomSource random)
    {
        if (load is not { Fraction: > 0 and <= 1, BurstS: > 0 })
            throw new ArgumentException($"a process computes for a fraction above 0 and up to 1 of the time, in bursts: {load}", nameof(load));
        (_calendar, _guest, _number, _random) = (calendar, guest, number, random);
        _burstNs = load.BurstS * 1e9;
        _sleepNs = _burstNs * (1 - load.Fraction) / load.Fraction;
    }

    /// <summary>Whether it wants to compute.</summary>
    internal bool IsAwake { get; private set; }

    /// <summary>CPU time of its next burst, in ns.</summary>
    internal long DrawWorkNs() => 1 + (long)_random.Exponential(_burstNs);

    /// <summary>A burst is over: it sleeps, unless it always computes.</summary>
    internal void Sleep(long nowNs)
    {
        if (_sleepNs == 0)
            return;
        IsAwake = false;
        ScheduleWake(nowNs);
    }

    /// <summary>Begins with a sleep.</summary>
    internal void Start() => ScheduleWake(0);

    internal void Wake() => IsAwake = true;

    private void ScheduleWake(long nowNs) => _calendar.Schedule(nowNs + 1 + (long)_random.Exponential(_sleepNs), (int)GuestEvent.Computing, _guest, _number);
}
