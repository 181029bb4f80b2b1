namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>What the client of one guest reported for a run.</summary>
[Table("client_results", "What the client of one guest reported for a run.")]
public sealed record ClientResultRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Name, "Guest that was loaded.")]
    public string Domain { get; init; } = "";

    [Column(Unit.Name, "Its workload.", NullMeans = "the manifest names none")]
    public string? Workload { get; init; }

    [Column(Unit.Name, "Client program, recognised from the log.")]
    public string Tool { get; init; } = "";

    [Column(Unit.PerSecond, "Requests offered, from the log, else from the manifest.", NullMeans = "closed loop, or not recorded")]
    public double? OfferedPerS { get; init; }

    [Column(Unit.Seconds, "Test duration.")]
    public double DurationS { get; init; }

    [Column(Unit.Count, "Connections opened.", NullMeans = "the client does not report it")]
    public long? Connections { get; init; }

    [Column(Unit.Count, "Requests sent.", NullMeans = "the client does not report it")]
    public long? Requests { get; init; }

    [Column(Unit.Count, "Complete replies.")]
    public long Replies { get; init; }

    [Column(Unit.PerSecond, "Replies / test duration: T of the combined score.", NullMeans = "the duration is zero")]
    public double? ThroughputPerS { get; init; }

    [Column(Unit.PerSecond, "Smallest of the client's own rate samples.", NullMeans = "no samples")]
    public double? ReplyRateMin { get; init; }

    [Column(Unit.PerSecond, "Mean of the client's own rate samples.", NullMeans = "no samples")]
    public double? ReplyRateMean { get; init; }

    [Column(Unit.PerSecond, "Largest of the client's own rate samples.", NullMeans = "no samples")]
    public double? ReplyRateMax { get; init; }

    [Column(Unit.PerSecond, "Standard deviation of the samples.", NullMeans = "no samples")]
    public double? ReplyRateSd { get; init; }

    [Column(Unit.Count, "Number of rate samples.", NullMeans = "the client does not report it")]
    public long? ReplyRateSamples { get; init; }

    [Column(Unit.Milliseconds, "Mean time to connect.", NullMeans = "the client does not report it")]
    public double? ConnectMs { get; init; }

    [Column(Unit.Milliseconds, "Shortest connection lifetime.", NullMeans = "the client does not report it")]
    public double? ConnectionMinMs { get; init; }

    [Column(Unit.Milliseconds, "Mean connection lifetime.", NullMeans = "the client does not report it")]
    public double? ConnectionMeanMs { get; init; }

    [Column(Unit.Milliseconds, "Median connection lifetime.", NullMeans = "the client does not report it")]
    public double? ConnectionMedianMs { get; init; }

    [Column(Unit.Milliseconds, "Longest connection lifetime.", NullMeans = "the client does not report it")]
    public double? ConnectionMaxMs { get; init; }

    [Column(Unit.Milliseconds, "Standard deviation of connection lifetimes.", NullMeans = "the client does not report it")]
    public double? ConnectionSdMs { get; init; }

    [Column(Unit.Milliseconds, "Mean time from request to first byte of the reply.", NullMeans = "the client does not report it")]
    public double? ResponseMs { get; init; }

    [Column(Unit.Milliseconds, "Mean time from first to last byte of the reply.", NullMeans = "the client does not report it")]
    public double? TransferMs { get; init; }

    [Column(Unit.Milliseconds, "Mean reply time: response + transfer.", NullMeans = "the client does not report it")]
    public double? ReplyMs { get; init; }

    [Column(Unit.Bytes, "Mean header size of a reply.", NullMeans = "the client does not report it")]
    public double? ReplyHeaderBytes { get; init; }

    [Column(Unit.Bytes, "Mean content size of a reply.", NullMeans = "the client does not report it")]
    public double? ReplyContentBytes { get; init; }

    [Column(Unit.KibibytesPerSecond, "Application bytes in both directions.", NullMeans = "the client does not report it")]
    public double? NetKbPerS { get; init; }

    [Column(Unit.Count, "Replies with status 1xx.", NullMeans = "the client does not report it")]
    public long? Status1xx { get; init; }

    [Column(Unit.Count, "Replies with status 2xx.", NullMeans = "the client does not report it")]
    public long? Status2xx { get; init; }

    [Column(Unit.Count, "Replies with status 3xx.", NullMeans = "the client does not report it")]
    public long? Status3xx { get; init; }

    [Column(Unit.Count, "Replies with status 4xx.", NullMeans = "the client does not report it")]
    public long? Status4xx { get; init; }

    [Column(Unit.Count, "Replies with status 5xx.", NullMeans = "the client does not report it")]
    public long? Status5xx { get; init; }

    [Column(Unit.Count, "All errors.", NullMeans = "the client does not report it")]
    public long? Errors { get; init; }

    [Column(Unit.Count, "Requests given up by the client's time-out.", NullMeans = "the client does not report it")]
    public long? ErrorsClientTimeout { get; init; }

    [Column(Unit.Count, "Socket time-outs.", NullMeans = "the client does not report it")]
    public long? ErrorsSocketTimeout { get; init; }

    [Column(Unit.Count, "Connections refused.", NullMeans = "the client does not report it")]
    public long? ErrorsRefused { get; init; }

    [Column(Unit.Count, "Connections reset.", NullMeans = "the client does not report it")]
    public long? ErrorsReset { get; init; }

    [Column(Unit.Count, "Requests not sent because the client ran out of descriptors, ports or table space.", NullMeans = "the client does not report it")]
    public long? ErrorsClientBound { get; init; }

    [Column(Unit.Count, "Other errors.", NullMeans = "the client does not report it")]
    public long? ErrorsOther { get; init; }

    [Column(Unit.Fraction, "CPU of the client machine; near 1 by design for httperf.", NullMeans = "the client does not report it")]
    public double? ClientCpuFraction { get; init; }
}
