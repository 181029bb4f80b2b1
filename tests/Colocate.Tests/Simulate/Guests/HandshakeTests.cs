using Colocate.Simulate.Clients;
using Colocate.Simulate.Guests;
using Colocate.Simulate.NetworkPath;
using static Colocate.Tests.Simulate.Guests.ServerRig;

namespace Colocate.Tests.Simulate.Guests;

public sealed class HandshakeTests
{
    private static readonly ServerSettings s_small = new() { Workers = 1, Backlog = 2 };

    [Fact]
    public void An_exchange_is_agreement_acknowledgement_reply_and_close()
    {
        var rig = new ServerRig(new ServerSettings());
        rig.AnswerLikeAClient(segments: 1);
        rig.Open();
        rig.RunFor(Second);
        Assert.Equal([PacketKind.SynAck, PacketKind.RequestAck, PacketKind.Data, PacketKind.ServerFin], rig.Kinds(0));
        Assert.Equal([74, 66, 66 + 1_024 + 245, 66], rig.Answers.Select(a => a.Packet.Bytes));
        // Of a request's time a fifth is spent on taking it over, a fifth on closing.
        Assert.Equal(8.0, rig.Answers[2].AtNs / 1e6, 0.1);
        Assert.Equal(10.0, rig.Answers[3].AtNs / 1e6, 0.1);
    }

    /// <summary>One connection with the worker, and one more than the backlog in the queue.</summary>
    [Fact]
    public void SYNs_are_dropped_while_the_accept_queue_is_full_and_answered_when_there_is_room_again()
    {
        var rig = new ServerRig(s_small);
        rig.OnAnswer = (connection, kind) =>
        {
            if (kind == PacketKind.SynAck)
                rig.Send(connection, PacketKind.HandshakeAck);
        };
        for (int i = 0; i < 6; i++)
        {
            rig.Open();
            rig.RunFor(100 * Ms);
        }

        Assert.Equal([0, 1, 2, 3], rig.Got(PacketKind.SynAck));
        Assert.Equal(2, rig.SynsDropped);
        Assert.Equal((ServerState.None, 1), (rig.ConnectionOf(4).Server, rig.Served));
        rig.AnswerLikeAClient(segments: 1);
        rig.Send(0, PacketKind.Request);
        rig.RunFor(100 * Ms);
        rig.Send(4, PacketKind.Syn);
        rig.Send(5, PacketKind.Syn);
        rig.RunFor(100 * Ms);
        Assert.Contains(4, rig.Got(PacketKind.SynAck));
    }

    [Fact]
    public void As_many_handshakes_as_the_backlog_may_be_under_way()
    {
        var rig = new ServerRig(s_small);
        rig.Open(3);
        rig.RunFor(10 * Ms);
        Assert.Equal([0, 1], rig.Got(PacketKind.SynAck));
        Assert.Equal(1, rig.SynsDropped);
        // A repeated SYN is answered again and counts once.
        rig.Send(0, PacketKind.Syn);
        rig.RunFor(10 * Ms);
        Assert.Equal([0, 1, 0], rig.Got(PacketKind.SynAck));
        rig.Send(0, PacketKind.Reset);
        rig.Send(2, PacketKind.Syn);
        rig.RunFor(10 * Ms);
        Assert.Equal([0, 1, 0, 2], rig.Got(PacketKind.SynAck));
        rig.Open();
        rig.RunFor(10 * Ms);
        Assert.Equal(2, rig.SynsDropped);
    }

    [Fact]
    public void Hosts_of_old_let_more_handshakes_be_under_way_than_the_backlog_says()
    {
        var rig = new ServerRig(s_small with { MostHalfOpen = 4 });
        rig.Open(6);
        rig.RunFor(10 * Ms);
        Assert.Equal([0, 1, 2, 3], rig.Got(PacketKind.SynAck));
        Assert.Equal(2, rig.SynsDropped);
    }

    [Fact]
    public void A_handshake_that_found_the_queue_full_is_completed_by_the_repeated_request()
    {
        var rig = new ServerRig(new ServerSettings { Workers = 1, Backlog = 4 }, requestNs: 100 * Ms);
        // The worker has one, four and one wait, and the last agreed to finds no room.
        rig.Open(4);
        rig.RunFor(Ms);
        for (int i = 0; i < 4; i++)
            rig.Ask(i);
        rig.RunFor(Ms);
        rig.Open(3);
        rig.RunFor(Ms);
        for (int i = 4; i < 7; i++)
            rig.Ask(i);
        rig.RunFor(Ms);
        Assert.Equal([0, 1, 2, 3, 4, 5], rig.Got(PacketKind.RequestAck));
        Assert.Equal(ServerState.HalfOpen, rig.ConnectionOf(6).Server);
        rig.Send(0, PacketKind.Reset);
        rig.RunFor(300 * Ms);
        rig.Send(6, PacketKind.Request);
        rig.RunFor(Ms);
        Assert.Equal(6, rig.Got(PacketKind.RequestAck).Last());
        Assert.Equal(ServerState.Open, rig.ConnectionOf(6).Server);
    }

    [Fact]
    public void A_packet_of_an_earlier_connection_in_the_same_place_is_ignored()
    {
        var rig = new ServerRig(new ServerSettings());
        rig.Open();
        rig.RunFor(Ms);
        rig.ConnectionOf(0).Generation++;
        rig.RunFor(Ms);
        int before = rig.Answers.Count;
        rig.ConnectionOf(0).Generation--;
        rig.Ask(0);
        rig.ConnectionOf(0).Generation++;
        rig.RunFor(100 * Ms);
        Assert.Equal(before, rig.Answers.Count);
    }
}
