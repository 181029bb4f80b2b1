using System.IO.Hashing;
using System.Security.Cryptography;

namespace Colocate.Model.Lake;

/// <summary>Computes an <see cref="InputDigest"/> from bytes as they come. Not thread safe.</summary>
/// <param name="expectedBytes">How many are expected, which spares a digest that will not be wanted; null when nobody knows. The result does not depend on it.</param>
public sealed class RunningInputDigest(long? expectedBytes) : IDisposable
{
    private readonly XxHash128 _xxh128 = new();

    /// <summary>Null once the input is too large for it.</summary>
    private IncrementalHash? _sha256 = expectedBytes > InputDigest.LargestSha256Bytes ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _bytes += bytes.Length;
        _xxh128.Append(bytes);
        if (_bytes <= InputDigest.LargestSha256Bytes)
            _sha256?.AppendData(bytes);
        else
            Dispose();
    }

    /// <summary>The digest of all bytes. Nothing can be added afterwards.</summary>
    /// <exception cref="IOException">The input was expected to be larger by far: it was cut while it was read.</exception>
    public InputDigest Finish()
    {
        if (_bytes > InputDigest.LargestSha256Bytes)
            return new InputDigest(Convert.ToHexStringLower(_xxh128.GetHashAndReset()), _bytes);
        byte[] sha256 = _sha256?.GetHashAndReset() ?? throw new IOException($"only {_bytes} of {expectedBytes} bytes came: the file became shorter while it was read");
        return new InputDigest(Convert.ToHexStringLower(sha256), _bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sha256?.Dispose();
        _sha256 = null;
    }
}
