namespace Colocate.Simulate.Calibration;

/// <summary>Whose column an observable is.</summary>
public enum ObservedPart
{
    /// <summary>The driver domain.</summary>
    Driver,

    /// <summary>The guest: the loaded one, or the first when none is loaded.</summary>
    Guest,

    /// <summary>The host as a whole.</summary>
    Host,
}
