namespace Colocate.Ingest.Xentrace;

/// <summary>
/// Receives the records of a trace as they stand in the file: in order within a pcpu, not across them. A struct implements it, so that the
/// scanner's loop holds its code and makes no call.
/// </summary>
internal interface IRecordSink
{
    /// <summary>True when it wants every record; false when only those that do more than count.</summary>
    static abstract bool WantsAll { get; }

    /// <summary>Time at which it wants to be told that this time is reached, asked for after <see cref="BeginBlock"/> and <see cref="Reach"/>.</summary>
    ulong Edge { get; }

    /// <summary>Where V2 hypercalls are counted by number, unless <see cref="WantsAll"/>; see <see cref="Scan.DomainScan.NewHypercalls"/>.</summary>
    long[] Hypercalls { get; }

    /// <summary>Records come; all of them are younger than this, or a damaged clock says otherwise.</summary>
    /// <param name="firstTsc">Earliest time of any pcpu's first record.</param>
    void Begin(ulong firstTsc);

    /// <summary>Records of one pcpu follow.</summary>
    /// <param name="clock">Its clock; stands at the record before them.</param>
    /// <param name="offset">File offset of word 0 of the numbers that <see cref="OnRecord"/> gets.</param>
    /// <param name="startsWindow">False when they go on with the window before.</param>
    void BeginBlock(PcpuClock clock, long offset, bool startsWindow);

    /// <summary>The next record is not older than <see cref="Edge"/>.</summary>
    /// <param name="tsc">Its time.</param>
    /// <param name="seen">Records of the trace before it.</param>
    void Reach(ulong tsc, long seen);

    /// <summary>Records were skipped before the next one; <see cref="PcpuClock.MissingSince"/> tells since when. <see cref="Edge"/> is asked for again.</summary>
    void Miss();

    /// <summary>
    /// One record, told before the next one that <see cref="OnRecord"/> is told of, but maybe after others that only count; never where <see cref="WantsAll"/>. What it does must not depend
    /// on which of these came first.
    /// </summary>
    /// <param name="action">Not above <see cref="RecordAction.VmExit"/>. The numbers of hypercalls are counted already.</param>
    /// <param name="header">Its header word.</param>
    /// <param name="tsc">As for <see cref="OnRecord"/>.</param>
    /// <param name="payload">As for <see cref="OnRecord"/>.</param>
    /// <param name="word">Number of its header word.</param>
    /// <returns>False when further ones like it need only be counted.</returns>
    bool OnDeferred(RecordAction action, uint header, ulong tsc, ref uint payload, int word);

    /// <summary>One record; <see cref="RecordAction.Count"/> only where <see cref="WantsAll"/>.</summary>
    /// <param name="action">What it means to metrics.</param>
    /// <param name="header">Its header word.</param>
    /// <param name="tsc">Its TSC, or that of the record before it on this pcpu when it carries none; never smaller than the one before.</param>
    /// <param name="payload">First of its 0 to 7 words; what lies beyond them must not be read.</param>
    /// <param name="word">Number of its header word.</param>
    /// <param name="seen">Records of the trace with it.</param>
    /// <returns>False when further ones like it need only be counted.</returns>
    bool OnRecord(RecordAction action, uint header, ulong tsc, ref uint payload, int word, long seen);

    /// <summary>The records announced last are done; the clock stands at the last one.</summary>
    /// <param name="seen">Records of the trace with them.</param>
    void EndBlock(long seen);
}
