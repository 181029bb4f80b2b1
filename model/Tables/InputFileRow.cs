namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>One input file of a run and where every byte of it went.</summary>
[Table("input_files", "One input file of a run and where every byte of it went.")]
public sealed record InputFileRow
{
    [Column(Unit.Id, "Run id from the manifest.")]
    public string Run { get; init; } = "";

    [Column(Unit.Id, "Campaign of the run.")]
    public string Campaign { get; init; } = "";

    [Column(Unit.Path, "Path relative to the lab folder.")]
    public string File { get; init; } = "";

    [Column(Unit.Name, "What the manifest uses it for: trace, xentop, client:DOMAIN or guest_trace:DOMAIN; manifest for run.json.")]
    public string Role { get; init; } = "";

    [Column(Unit.Name, "Format recognised by content.", NullMeans = "not recognised")]
    public string? Format { get; init; }

    [Column(Unit.Count, "Version of the reader's meaning.", NullMeans = "not recognised")]
    public int? FormatVersion { get; init; }

    [Column(Unit.Name, "plain, gzip or zstd.")]
    public string Compression { get; init; } = "";

    [Column(Unit.Digest, "Digest of the file as it lies on disk.", NullMeans = "the file is missing, or larger than 256 MiB: then xxh128 is there")]
    public string? Sha256 { get; init; }

    [Column(Unit.Bytes, "Size on disk.", NullMeans = "the file is missing")]
    public long? Bytes { get; init; }

    [Column(Unit.Bytes, "Size after decompression; parsed + skipped + set aside.", NullMeans = "the file is missing")]
    public long? DecodedBytes { get; init; }

    [Column(Unit.Bytes, "Bytes that became records.", NullMeans = "the file is missing")]
    public long? ParsedBytes { get; init; }

    [Column(Unit.Bytes, "Bytes skipped with a diagnostic that says why.", NullMeans = "the file is missing")]
    public long? SkippedBytes { get; init; }

    [Column(Unit.Bytes, "Bytes of a file that could not be used at all.", NullMeans = "the file is missing")]
    public long? SetAsideBytes { get; init; }

    [Column(Unit.Count, "Records or lines parsed.", NullMeans = "set aside")]
    public long? Records { get; init; }

    [Column(Unit.Count, "Records that the recorder itself dropped.", NullMeans = "the format does not tell")]
    public long? LostRecords { get; init; }

    [Column(Unit.Name, "ok, lossy or set_aside.")]
    public string Status { get; init; } = "";

    [Column(Unit.Text, "Why the file is not ok.", NullMeans = "the file is ok")]
    public string? Reason { get; init; }

    [Column(Unit.FastDigest, "Digest of the file as it lies on disk, where SHA-256 would take as long as reading it.", NullMeans = "the file is missing, or not larger than 256 MiB: then sha256 is there")]
    public string? Xxh128 { get; init; }

    /// <summary>Whichever digest is there; null when the file is missing.</summary>
    public string? DigestOf() => Sha256 ?? Xxh128;
}
