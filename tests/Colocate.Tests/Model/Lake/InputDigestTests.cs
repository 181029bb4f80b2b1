using System.Text.Json;
using Colocate.Model.Lake;

namespace Colocate.Tests.Model.Lake;

/// <summary>Golden values from sha256sum and xxhsum.</summary>
public sealed class InputDigestTests
{
    private static readonly byte[] s_piece = new byte[1 << 20];

    [Fact]
    public void Up_to_256_MiB_it_is_what_sha256sum_says()
    {
        InputDigest digest = OfZeros(256L << 20, 256L << 20);
        Assert.Equal(("a6d72ac7690f53be6ae46ba88506bd97302a093f7108472bd9efc3cefda06484", null), (digest.Sha256, digest.Xxh128));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", OfZeros(0, null).Sha256);
    }

    [Theory]
    [InlineData((256L << 20) + 1)]
    [InlineData(null)]
    [InlineData(5L)]
    public void A_byte_more_and_it_is_what_xxhsum_says_whatever_size_was_expected(long? expectedBytes)
    {
        InputDigest digest = OfZeros((256L << 20) + 1, expectedBytes);
        Assert.Equal((null, "a7a8d73162281c201956d5596cbab075", (256L << 20) + 1), (digest.Sha256, digest.Xxh128, digest.Bytes));
    }

    [Fact]
    public void A_file_that_became_shorter_while_it_was_read_has_no_digest() =>
        Assert.Contains("became shorter", Assert.Throws<IOException>(() => OfZeros(10, 300L << 20)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_input_in_a_manifest_has_the_one_digest_or_the_other()
    {
        StageInput small = StageInput.Of("a", new InputDigest("00ff", 7)), large = StageInput.Of("b", new InputDigest("ff00", 300L << 20));
        Assert.Equal(["""{"Path":"a","Sha256":"00ff","Bytes":7}""", """{"Path":"b","Bytes":314572800,"Xxh128":"ff00"}"""], new[] { small, large }.Select(i => JsonSerializer.Serialize(i)));
        Assert.All([small, large], i => Assert.Equal(i, JsonSerializer.Deserialize<StageInput>(JsonSerializer.Serialize(i))));
        Assert.Equal(("00ff", "ff00"), (small.Digest, large.Digest));
    }

    private static InputDigest OfZeros(long bytes, long? expectedBytes)
    {
        using var digest = new RunningInputDigest(expectedBytes);
        for (long left = bytes; left > 0; left -= Math.Min(left, s_piece.Length))
            digest.Append(s_piece.AsSpan(0, (int)Math.Min(left, s_piece.Length)));
        return digest.Finish();
    }
}
