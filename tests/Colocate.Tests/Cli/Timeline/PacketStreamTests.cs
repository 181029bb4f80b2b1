using Colocate.Cli.Timeline;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Ingest.Xentrace.Timeline;

namespace Colocate.Tests.Cli.Timeline;

[Collection(typeof(MeasuredAlone))]
public sealed class PacketStreamTests
{
    /// <summary>The first bytes of a trace, as read off the published wire format by hand.</summary>
    [Fact]
    public void Bytes_are_those_of_the_published_format()
    {
        var output = new MemoryStream();
        var packets = new PacketStream(output, null);
        ulong track = packets.AddTrack(null, "a", 7);
        long before = output.Length;
        packets.Span(track, "b", 5, 300);
        Assert.Equal(
            "0A17" + "4005" + "5001" + "5A06" + "4801" + "5001" + "5801" + "6207" + "1205" + "0801" + "120162" + "6802"
                + "0A0D" + "40AC02" + "5001" + "5A04" + "4802" + "5801" + "6802",
            Convert.ToHexString(output.ToArray().AsSpan((int)before)));
        Assert.Equal(output.Length, packets.Bytes);
    }

    [Fact]
    public void Ten_times_the_spans_allocate_nothing_more()
    {
        var lanes = new HostLanes(new PacketStream(Stream.Null, null), "host", 0, domid => $"dom{domid}", TimelineWindow.Whole, _ => { });

        // First as many as are measured: what the runtime makes anew of methods that are called so often is none of ours.
        Draw(lanes, 0, 10_000);
        long few = Draw(lanes, 10_000, 11_000), many = Draw(lanes, 11_000, 21_000);
        Assert.Equal((0, 0), (few, many));
    }

    [Theory]
    [InlineData("vm1", "vm1")]
    [InlineData("a\nb\tc\0", "a\uFFFDb\uFFFDc\uFFFD")]
    [InlineData("\u202Eevil\u2066\uFEFF\u2028", "\uFFFDevil\uFFFD\uFFFD\uFFFD")]
    [InlineData("café 東京 \U0001F5A5", "café 東京 \U0001F5A5")]
    public void Names_are_plain(string name, string expected) => Assert.Equal(expected, LaneName.Of(name));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("half\uFFFD", LaneName.Of("half\uD83D"));

    [Fact]
    public void Long_names_are_cut_between_characters()
    {
        string cut = LaneName.Of(string.Concat(Enumerable.Repeat("\U0001F5A5", 1_000)));
        Assert.InRange(cut.Length, LaneName.Most - 2, LaneName.Most);
        Assert.EndsWith("\U0001F5A5…", cut, StringComparison.Ordinal);
    }

    private static long Draw(HostLanes lanes, int from, int to) => Allocations.Of(() =>
    {
        for (int i = from; i < to; i++)
            lanes.OnState(new StateSpan(i % 3, 0, (RunState)(i % 4), i % 2, i * 10L, (i * 10L) + 10));
    });
}
