using Colocate.Ingest.Inputs;
using CsCheck;

namespace Colocate.Tests.Ingest.Inputs;

public class AheadStreamTests
{
    /// <summary>Several times what is held in memory, and no multiple of anything.</summary>
    private const int LongBytes = 9_000_001;

    [Fact]
    public void Whatever_is_asked_for_at_a_time_the_bytes_are_those_of_the_other_stream() =>
        Gen.Select(Gen.OneOf(Gen.Int[0, 2000], Gen.Int[1_000_000, LongBytes]), Gen.Int[1, 3_000_000]).Sample(
            (bytes, atATime) =>
            {
                byte[] file = Bytes(bytes);
                using var stream = new AheadStream(new MemoryStream(file));
                var read = new MemoryStream();
                byte[] buffer = new byte[atATime];
                int got;
                while ((got = stream.Read(buffer)) > 0)
                    read.Write(buffer, 0, got);
                Assert.True(file.AsSpan().SequenceEqual(read.ToArray()));
            },
            iter: 40);

    [Fact]
    public void An_error_is_thrown_where_its_bytes_would_have_been()
    {
        byte[] file = Bytes(LongBytes);
        using var stream = new AheadStream(new FailingStream(file, failsAtByte: 5_500_000));
        byte[] read = new byte[5_500_000];
        stream.ReadExactly(read);
        Assert.True(file.AsSpan(0, read.Length).SequenceEqual(read));
        Assert.Equal("the disk is gone", Assert.Throws<IOException>(() => stream.ReadByte()).Message);
        Assert.Throws<IOException>(() => stream.ReadByte());
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
                using var stream = new AheadStream(file);
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
}
