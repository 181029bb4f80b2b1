namespace Colocate.Simulate.Schedulers;

/// <summary>Class of a vcpu in the credit scheduler; a higher value goes first. The values are Xen's (<c>CSCHED_PRI_*</c> in <c>credit.c</c>).</summary>
internal enum CreditPriority
{
    /// <summary>Of the idle vcpu: anything goes first.</summary>
    Idle = -64,

    /// <summary>Its credits are used up.</summary>
    Over = -2,

    /// <summary>It has credits left.</summary>
    Under = -1,

    /// <summary>It had credits left when it woke, and no tick has found it running since.</summary>
    Boost = 0,
}
