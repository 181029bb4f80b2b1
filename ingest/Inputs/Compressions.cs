using ZstdSharp;

namespace Colocate.Ingest.Inputs;

/// <summary>Recognises and opens compressed streams.</summary>
internal static class Compressions
{
    /// <summary>Raw bytes of zstd asked for at a time.</summary>
    private const int FetchBytes = 1 << 17;

    internal static Compression Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, ..] => Compression.Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression.Zstd,
        _ => Compression.Plain,
    };

    internal static Stream Decode(Stream file, Compression compression) => compression switch
    {
        Compression.Gzip => new GzipContent(file),
        Compression.Zstd => new DecompressionStream(file, bufferSize: FetchBytes, leaveOpen: false),
        _ => file,
    };
}
