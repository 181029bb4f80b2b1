namespace Colocate.Model.Runs;

/// <summary>What a run was made for.</summary>
public enum RunKind
{
    /// <summary>One loaded guest at saturation: a base case.</summary>
    Base,

    /// <summary>A base run on another guest than the campaign's usual one; never part of a base case.</summary>
    BaseVm2,

    /// <summary>One guest at a fraction of its solo rate.</summary>
    Solo,

    /// <summary>Two guests at saturation.</summary>
    Pair,

    /// <summary>Two guests at a fraction of their solo rates.</summary>
    Sweep,

    /// <summary>Nothing loaded.</summary>
    Idle,

    /// <summary>Guests with unequal scheduler weights.</summary>
    Weight,

    /// <summary>Guests under a scheduler cap.</summary>
    Cap,

    /// <summary>Three or more loaded guests.</summary>
    Three,

    /// <summary>Anything else.</summary>
    Other,
}
