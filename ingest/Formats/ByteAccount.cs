namespace Colocate.Ingest.Formats;

/// <summary>Where the decoded bytes of one file went. Parsed + skipped + set aside = all bytes.</summary>
public sealed class ByteAccount
{
    /// <summary>Bytes that became records, framing included.</summary>
    public long Parsed { get; set; }

    /// <summary>Bytes skipped, each with a finding that says why.</summary>
    public long Skipped { get; set; }

    /// <summary>Bytes of a file that could not be used at all.</summary>
    public long SetAside { get; set; }

    /// <summary>Records or lines parsed.</summary>
    public long Records { get; set; }

    /// <summary>Records that the recorder itself dropped; null when the format does not tell.</summary>
    public long? LostRecords { get; set; }

    /// <summary>All bytes.</summary>
    public long Total => Parsed + Skipped + SetAside;
}
