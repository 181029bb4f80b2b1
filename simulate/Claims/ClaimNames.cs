namespace Colocate.Simulate.Claims;

/// <summary>Roles and verdicts as tables and scripts know them.</summary>
public static class ClaimNames
{
    /// <summary>config, identity, calibrate, validate or none.</summary>
    public static string Of(ClaimRole role) => role switch
    {
        ClaimRole.Config => "config",
        ClaimRole.Identity => "identity",
        ClaimRole.Calibrate => "calibrate",
        ClaimRole.Validate => "validate",
        _ => "none",
    };

    /// <summary>pass, near, fail or not_tested.</summary>
    public static string Of(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Pass => "pass",
        ClaimVerdict.Near => "near",
        ClaimVerdict.Fail => "fail",
        _ => "not_tested",
    };
}
