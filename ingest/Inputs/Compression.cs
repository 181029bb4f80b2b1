namespace Colocate.Ingest.Inputs;

/// <summary>How a file is compressed, told by its first bytes.</summary>
internal enum Compression
{
    /// <summary>Not compressed.</summary>
    Plain,

    /// <summary>RFC 1952.</summary>
    Gzip,

    /// <summary>RFC 8878.</summary>
    Zstd,
}
