namespace Colocate.Ingest.Xentrace;

/// <summary>Receives the records of a trace in time order. Implemented by sealed classes, so that calls are direct.</summary>
internal interface IRecordSink
{
    /// <summary>One record.</summary>
    /// <param name="pcpu">Physical cpu that logged it.</param>
    /// <param name="eventId">Event id (28 bits).</param>
    /// <param name="tsc">Its TSC, or that of the record before it on this pcpu when it carries none; never smaller than the one before.</param>
    /// <param name="payload">0 to 7 words, valid only during the call.</param>
    void OnRecord(int pcpu, uint eventId, ulong tsc, ReadOnlySpan<uint> payload);
}
