namespace Colocate.Simulate.Clients;

/// <summary>Connections are opened at a rate of their own, whatever becomes of the earlier ones, as httperf does.</summary>
/// <param name="OfferedPerS">Mean of connections opened per second, above 0.</param>
public sealed record OpenLoad(double OfferedPerS) : LoadPattern
{
    /// <summary>True: the time between two openings is exponential; false: it is constant.</summary>
    public bool Poisson { get; init; }

    /// <summary>Connections opened at once, at least 1; the time between two openings is as many times longer, so that the rate stays.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>Mean time between two openings, in ns.</summary>
    internal double MeanGapNs => Burst * 1e9 / OfferedPerS;

    internal override LoadPattern Checked() => OfferedPerS > 0 && Burst >= 1 ? this : throw new ArgumentException($"an open load offers more than 0 connections per second, at least 1 at once: {this}");
}
