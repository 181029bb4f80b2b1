namespace Colocate.Simulate.Guests;

/// <summary>Events of guests; numbered apart from those of the other parts.</summary>
public enum GuestEvent
{
    /// <summary>A guest's own work is due.</summary>
    Background = 48,

    /// <summary>A process that computes has slept long enough.</summary>
    Computing,
}
