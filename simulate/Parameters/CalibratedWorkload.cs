namespace Colocate.Simulate.Parameters;

/// <summary>A workload that a calibrated host knows.</summary>
public sealed record CalibratedWorkload
{
    /// <summary>Its name.</summary>
    public required string Workload { get; init; }

    /// <summary>Bytes of content in a reply.</summary>
    public required long ReplyBytes { get; init; }

    /// <summary>B as measured: mean throughput of its base runs, mean over campaigns; 1/s. Rates are offered as fractions of it.</summary>
    public required double BasePerS { get; init; }

    /// <summary>B as simulated: mean throughput of the same base runs at their own offered rates; 1/s. Simulated scores are held against it.</summary>
    public required double SimulatedBasePerS { get; init; }

    /// <summary>Seconds without progress after which its client gives up.</summary>
    public required double TimeoutS { get; init; }

    /// <summary>True when its client's arrivals are Poisson, false when they are evenly spaced.</summary>
    public required bool Poisson { get; init; }

    /// <summary>Requests that its server handles at once.</summary>
    public required int Workers { get; init; }

    /// <summary>Listen backlog of its server.</summary>
    public required int Backlog { get; init; }
}
