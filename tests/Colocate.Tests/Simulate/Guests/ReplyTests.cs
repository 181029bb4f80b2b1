using Colocate.Simulate.Clients;
using Colocate.Simulate.Guests;
using Colocate.Simulate.NetworkPath;
using static Colocate.Tests.Simulate.Guests.ServerRig;

namespace Colocate.Tests.Simulate.Guests;

public sealed class ReplyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(100)]
    public void A_reply_goes_out_in_the_segments_and_pages_of_its_shape(int kib)
    {
        var shape = new ReplyShape(kib * 1_024, 245);
        var rig = new ServerRig(new ServerSettings(), replyBytes: kib * 1_024);
        rig.AnswerLikeAClient(shape.Segments);
        rig.Open();
        rig.RunFor(Second);
        Assert.Equal(
            Enumerable.Range(0, shape.Segments).Select(s => (shape.BytesOf(s), shape.PagesOf(s))),
            rig.Answers.Where(a => a.Packet.Kind == PacketKind.Data).Select(a => (a.Packet.Bytes, a.Packet.Pages)));
        Assert.Equal(PacketKind.ServerFin, rig.Kinds(0).Last());
    }

    /// <summary>What a client that acknowledges nothing gets: whole bursts within both windows.</summary>
    [Theory]
    [InlineData(10, 11, 2, 10)]
    [InlineData(3, 11, 2, 2)]
    [InlineData(3, 11, 1, 3)]
    [InlineData(30, 11, 2, 10)]
    [InlineData(30, 11, 1, 11)]
    public void Unacknowledged_segments_stay_within_the_windows(int initialWindow, int receiveWindow, int burst, int segments)
    {
        var rig = new ServerRig(new ServerSettings { InitialWindow = initialWindow, ReceiveWindow = receiveWindow, BurstSegments = burst }, replyBytes: 100_000);
        rig.OnAnswer = (connection, kind) =>
        {
            if (kind == PacketKind.SynAck)
                rig.Ask(connection);
        };
        rig.Open();
        rig.RunFor(Second);
        Assert.Equal(segments, rig.Got(PacketKind.Data).Count());
    }

    [Fact]
    public void Slow_start_opens_the_window_by_each_segment_acknowledged()
    {
        var rig = new ServerRig(new ServerSettings { InitialWindow = 2, ReceiveWindow = 100 }, replyBytes: 100_000);
        rig.OnAnswer = (connection, kind) =>
        {
            if (kind == PacketKind.SynAck)
                rig.Ask(connection);
        };
        rig.Open();
        rig.RunFor(Second);
        List<int> sent = [rig.Got(PacketKind.Data).Count()];
        for (int round = 0; round < 4; round++)
        {
            for (int acks = sent[^1] - (sent.Count > 1 ? sent[^2] : 0); acks > 0; acks -= 2)
                rig.Send(0, PacketKind.DataAck);
            rig.RunFor(Second);
            sent.Add(rig.Got(PacketKind.Data).Count());
        }

        Assert.Equal([2, 6, 14, 30, 62], sent);
    }

    /// <summary>Three segments go out first; what an acknowledgement stands for leaves the window and widens it.</summary>
    [Theory]
    [InlineData(1, new[] { 3, 5, 7 })]
    [InlineData(2, new[] { 3, 7, 11 })]
    public void An_acknowledgement_stands_for_as_many_segments_as_set(int segmentsPerAck, int[] sent)
    {
        var rig = new ServerRig(new ServerSettings { InitialWindow = 3, ReceiveWindow = 100, BurstSegments = 1, SmallQueue = int.MaxValue, SegmentsPerAck = segmentsPerAck }, replyBytes: 100_000);
        rig.OnAnswer = (connection, kind) =>
        {
            if (kind == PacketKind.SynAck)
                rig.Ask(connection);
        };
        rig.Open();
        List<int> had = [];
        for (int acks = 0; acks < 3; acks++)
        {
            if (acks > 0)
                rig.Send(0, PacketKind.DataAck);
            rig.RunFor(Second);
            had.Add(rig.Got(PacketKind.Data).Count());
        }

        Assert.Equal(sent, had);
    }

    /// <summary>1 MB/s: a segment takes 1.5 ms on the line, so they queue up below TCP as far as they may.</summary>
    [Theory]
    [InlineData(4, 2, 4)]
    [InlineData(5, 2, 5)]
    [InlineData(6, 3, 6)]
    [InlineData(int.MaxValue, 2, 11)]
    public void No_more_segments_of_a_connection_lie_below_TCP_than_the_small_queue_allows(int limit, int burst, int most)
    {
        var shape = new ReplyShape(30_000, 245);
        var rig = new ServerRig(new ServerSettings { SmallQueue = limit, BurstSegments = burst }, replyBytes: 30_000, bytesPerS: 1e6);
        rig.AnswerLikeAClient(shape.Segments);
        rig.Open();
        int seen = 0;
        rig.RunFor(Second, () => seen = Math.Max(seen, rig.ConnectionOf(0).SegmentsBelow));
        Assert.Equal(most, seen);
        Assert.Equal(shape.Segments, rig.Got(PacketKind.Data).Count());
        Assert.Equal(PacketKind.ServerFin, rig.Kinds(0).Last());
    }
}
