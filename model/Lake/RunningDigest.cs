using System.Security.Cryptography;

namespace Colocate.Model.Lake;

/// <summary>Computes a <see cref="FileDigest"/> from bytes as they come. Not thread safe.</summary>
public sealed class RunningDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _bytes += bytes.Length;
    }

    /// <summary>The digest of all bytes so far; begins anew.</summary>
    public FileDigest Finish()
    {
        var digest = new FileDigest(Convert.ToHexStringLower(_hash.GetHashAndReset()), _bytes);
        _bytes = 0;
        return digest;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
