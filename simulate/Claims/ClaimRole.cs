namespace Colocate.Simulate.Claims;

/// <summary>What a claim is good for. Claims that a calibration may look at are kept apart from those that judge it.</summary>
public enum ClaimRole
{
    /// <summary>How the host was set up: held against the settings of the simulated host.</summary>
    Config,

    /// <summary>Follows from the published figures alone: held against the paper's own tables.</summary>
    Identity,

    /// <summary>About workloads alone, which the calibration sees.</summary>
    Calibrate,

    /// <summary>About workloads together, which the calibration never sees.</summary>
    Validate,

    /// <summary>Kept for reference, never judged.</summary>
    None,
}
