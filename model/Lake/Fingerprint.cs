using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Colocate.Model.Lake;

/// <summary>
/// Names a result by what determines it: digests of the inputs, versions of the readers' meaning, settings that change results. Never
/// by host, time, build or worker count. Two fingerprints are equal exactly when the same parts were added in the same order.
/// </summary>
public sealed class Fingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a named part; null and the empty text are different.</summary>
    public Fingerprint Add(string name, string? value)
    {
        Append(name);
        _hash.AppendData([value is null ? (byte)0 : (byte)1]);
        Append(value ?? "");
        return this;
    }

    /// <summary>Adds a named number.</summary>
    public Fingerprint Add(string name, double? value) => Add(name, value?.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The fingerprint: 64 hexadecimal digits. Nothing can be added afterwards.</summary>
    public string Finish()
    {
        string result = Convert.ToHexStringLower(_hash.GetHashAndReset());
        Dispose();
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Append(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }
}
