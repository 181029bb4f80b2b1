namespace Colocate.Simulate.Claims;

/// <summary>
/// How a claim came out. A numeric claim passes within its tolerance and is near within twice of it; an order passes when every relation in it
/// holds and is near when one of at least three does not. Without a tolerance there is no near.
/// </summary>
public enum ClaimVerdict
{
    /// <summary>Holds within its tolerance.</summary>
    Pass,

    /// <summary>Misses its tolerance by no more than the tolerance once again.</summary>
    Near,

    /// <summary>Does not hold.</summary>
    Fail,

    /// <summary>Cannot or must not be judged.</summary>
    NotTested,
}
