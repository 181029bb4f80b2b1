using Colocate.Model.Tables;

namespace Colocate.Simulate.Calibration;

/// <summary>A run as its tools read it, measured or simulated: the input of every <see cref="Observable"/>.</summary>
/// <param name="ThroughputPerS">T of the loaded guest; null when none is loaded.</param>
/// <param name="ReplyMs">Its mean reply time; null when unknown.</param>
/// <param name="Driver">Measures of the driver domain; null when unknown.</param>
/// <param name="Guest">Measures of the guest; null when unknown.</param>
/// <param name="Host">Measures of the host; null when unknown.</param>
public sealed record RunReading(double? ThroughputPerS, double? ReplyMs, DomainMeasures? Driver, DomainMeasures? Guest, HostMeasures? Host)
{
    /// <summary>Mean time to the first byte of a reply, in ms; null when unknown.</summary>
    public double? FirstByteMs { get; init; }
}
