using System.Security.Cryptography;
using Colocate.Ingest.Inputs;
using CsCheck;

namespace Colocate.Tests.Ingest.Inputs;

public class DigestingStreamTests
{
    /// <summary>Several times what is held in memory, and no multiple of anything.</summary>
    private const int LongBytes = 9_000_001;

    [Fact]
    public void Whatever_is_asked_for_at_a_time_the_bytes_are_those_of_the_file_and_so_is_the_digest() =>
        Gen.Select(Gen.OneOf(Gen.Int[0, 2000], Gen.Int[1_000_000, LongBytes]), Gen.Int[1, 3_000_000], Gen.Int[0, 100]).Sample(
            (bytes, atATime, percentRead) =>
            {
                byte[] file = Bytes(bytes);
                using var stream = new DigestingStream(new MemoryStream(file));
                var read = new MemoryStream();
                byte[] buffer = new byte[atATime];
                int got;
                while (read.Length < (long)bytes * percentRead / 100 && (got = stream.Read(buffer)) > 0)
                    read.Write(buffer, 0, got);
                Assert.True(file.AsSpan(0, (int)read.Length).SequenceEqual(read.ToArray()));

                // What nobody read is part of the file too.
                Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(file)), (long)bytes), (stream.Complete().Sha256, stream.Complete().Bytes));
            },
            iter: 40);

    [Fact]
    public void An_error_of_the_file_is_thrown_where_its_bytes_would_have_been()
    {
        byte[] file = Bytes(LongBytes);
        using var stream = new DigestingStream(new Failing(file, failsAtByte: 5_500_000));
        byte[] read = new byte[5_500_000];
        stream.ReadExactly(read);
        Assert.True(file.AsSpan(0, read.Length).SequenceEqual(read));
        Assert.Equal("the disk is gone", Assert.Throws<IOException>(() => stream.ReadByte()).Message);
        Assert.Throws<IOException>(() => stream.Complete());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public async Task Who_stops_reading_does_not_wait_for_the_rest(int bytes)
    {
        var file = new MemoryStream(Bytes(LongBytes));
        var reading = Task.Run(
            () =>
            {
                using var stream = new DigestingStream(file);
                stream.ReadExactly(new byte[bytes]);
            },
            TestContext.Current.CancellationToken);
        await reading.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private sealed class Failing(byte[] content, int failsAtByte) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) =>
            Position >= failsAtByte ? throw new IOException("the disk is gone") : base.Read(buffer[..(int)Math.Min(buffer.Length, failsAtByte - Position)]);
    }
}
