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

    [Column(Unit.Count, "Connections that the client keeps open at once (wrk, ab), or the most that were (httperf).", NullMeans = "the client does not report it")]
    public long? Concurrency { get; init; }

    [Column(Unit.Count, "Longest burst of connections begun at once.", NullMeans = "the client does not report it")]
    public long? ConnectBurst { get; init; }

    [Column(Unit.PerSecond, "Connections begun, by the client's own figure.", NullMeans = "the client does not report it")]
    public double? ConnectionsPerS { get; init; }

    [Column(Unit.PerSecond, "Requests sent, by the client's own figure.", NullMeans = "the client does not report it")]
    public double? RequestsPerS { get; init; }

    [Column(Unit.Count, "Mean replies a connection.", NullMeans = "the client does not report it")]
    public double? RepliesPerConnection { get; init; }

    [Column(Unit.Count, "Requests on a connection that had served one before.", NullMeans = "the client does not report it")]
    public long? KeptAliveRequests { get; init; }

    [Column(Unit.Bytes, "Mean size of a request.", NullMeans = "the client does not report it")]
    public double? RequestBytes { get; init; }

    [Column(Unit.Bytes, "Mean footer size of a reply.", NullMeans = "the client does not report it")]
    public double? ReplyFooterBytes { get; init; }

    [Column(Unit.Bytes, "Mean size of a reply, all parts.", NullMeans = "the client does not report it")]
    public double? ReplyBytes { get; init; }

    [Column(Unit.KibibytesPerSecond, "Bytes that the client received.", NullMeans = "the client does not report it")]
    public double? ReceivedKibPerS { get; init; }

    [Column(Unit.Milliseconds, "Shortest reply time.", NullMeans = "the client does not report it")]
    public double? ReplyMinMs { get; init; }

    [Column(Unit.Milliseconds, "Median reply time.", NullMeans = "the client does not report it")]
    public double? ReplyMedianMs { get; init; }

    [Column(Unit.Milliseconds, "Longest reply time.", NullMeans = "the client does not report it")]
    public double? ReplyMaxMs { get; init; }

    [Column(Unit.Milliseconds, "Standard deviation of reply times.", NullMeans = "the client does not report it")]
    public double? ReplySdMs { get; init; }

    [Column(Unit.Count, "Replies that the client itself holds to be failures by their status: ab those outside 2xx, wrk those from 400 on.", NullMeans = "the client does not report it")]
    public long? BadReplies { get; init; }

    [Column(Unit.Count, "Connections that could not be made, refused ones among them.", NullMeans = "the client does not report it")]
    public long? ErrorsConnect { get; init; }

    [Column(Unit.Count, "Failures while reading, resets among them.", NullMeans = "the client does not report it")]
    public long? ErrorsRead { get; init; }

    [Column(Unit.Count, "Failures while writing.", NullMeans = "the client does not report it")]
    public long? ErrorsWrite { get; init; }

    [Column(Unit.Count, "Replies whose length differs from the first one's; they count as replies.", NullMeans = "the client does not report it")]
    public long? ErrorsLength { get; init; }

    [Column(Unit.Count, "Requests not sent for lack of file descriptors.", NullMeans = "the client does not report it")]
    public long? ErrorsNoDescriptor { get; init; }

    [Column(Unit.Count, "Requests not sent for lack of ports.", NullMeans = "the client does not report it")]
    public long? ErrorsNoPort { get; init; }

    [Column(Unit.Count, "Requests not sent because the system's file table was full.", NullMeans = "the client does not report it")]
    public long? ErrorsTableFull { get; init; }

    [Column(Unit.Count, "Replies with status 200, where the client counts them apart.", NullMeans = "the client does not report it")]
    public long? Status200 { get; init; }

    [Column(Unit.Count, "Replies with status 302, where the client counts them apart.", NullMeans = "the client does not report it")]
    public long? Status302 { get; init; }

    [Column(Unit.Seconds, "CPU time of the client in user mode.", NullMeans = "the client does not report it")]
    public double? ClientUserS { get; init; }

    [Column(Unit.Seconds, "CPU time of the client in the kernel.", NullMeans = "the client does not report it")]
    public double? ClientSystemS { get; init; }

    [Column(Unit.Count, "Sessions begun.", NullMeans = "the client does not report it")]
    public long? Sessions { get; init; }

    [Column(Unit.Count, "Sessions that came to their end.", NullMeans = "the client does not report it")]
    public long? SessionsDone { get; init; }

    [Column(Unit.PerSecond, "Smallest of the client's samples of the session rate.", NullMeans = "the client does not report it")]
    public double? SessionRateMin { get; init; }

    [Column(Unit.PerSecond, "Mean of the samples of the session rate.", NullMeans = "the client does not report it")]
    public double? SessionRateMean { get; init; }

    [Column(Unit.PerSecond, "Largest of the samples of the session rate.", NullMeans = "the client does not report it")]
    public double? SessionRateMax { get; init; }

    [Column(Unit.PerSecond, "Standard deviation of the samples of the session rate.", NullMeans = "the client does not report it")]
    public double? SessionRateSd { get; init; }

    [Column(Unit.Count, "Mean connections a session.", NullMeans = "the client does not report it")]
    public double? ConnectionsPerSession { get; init; }

    [Column(Unit.Seconds, "Mean length of the sessions that came to their end.", NullMeans = "the client does not report it")]
    public double? SessionLifetimeS { get; init; }

    [Column(Unit.Seconds, "Mean time after which the others failed.", NullMeans = "the client does not report it")]
    public double? SessionFailtimeS { get; init; }

    [Column(Unit.Count, "Threads of the client.", NullMeans = "the client does not report it")]
    public long? Threads { get; init; }

    [Column(Unit.PerSecond, "Mean of the rates that the client's threads saw, each for itself.", NullMeans = "the client does not report it")]
    public double? ThreadRateMean { get; init; }

    [Column(Unit.PerSecond, "Standard deviation of the rates of threads.", NullMeans = "the client does not report it")]
    public double? ThreadRateSd { get; init; }

    [Column(Unit.PerSecond, "Largest rate of a thread.", NullMeans = "the client does not report it")]
    public double? ThreadRateMax { get; init; }
}
