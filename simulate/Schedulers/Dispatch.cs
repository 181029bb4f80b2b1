namespace Colocate.Simulate.Schedulers;

/// <summary>A scheduling decision.</summary>
/// <param name="Vcpu">The vcpu that gets the pcpu; <see cref="Idle"/> when none wants it.</param>
/// <param name="SliceNs">Time after which to decide again at the latest; <see cref="long.MaxValue"/> when nothing but events can change it.</param>
public readonly record struct Dispatch(int Vcpu, long SliceNs)
{
    /// <summary>The number that stands for the idle vcpu.</summary>
    public const int Idle = -1;
}
