namespace Colocate.Model.Diagnostics;

/// <summary>How much a finding matters for the numbers computed from the input.</summary>
public enum Severity
{
    /// <summary>Worth knowing; no number is affected.</summary>
    Information,

    /// <summary>Numbers stand, but should be read with care.</summary>
    Warning,

    /// <summary>The recording itself lost data; numbers that the loss touches are marked lossy.</summary>
    DataLoss,

    /// <summary>The input, or a part of it, could not be used.</summary>
    Error,
}
