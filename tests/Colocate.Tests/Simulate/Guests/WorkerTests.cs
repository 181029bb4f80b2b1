using Colocate.Simulate.Clients;
using Colocate.Simulate.Guests;
using Colocate.Simulate.NetworkPath;
using static Colocate.Tests.Simulate.Guests.ServerRig;

namespace Colocate.Tests.Simulate.Guests;

public sealed class WorkerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void As_many_connections_are_served_at_once_as_there_are_workers(int workers)
    {
        var rig = new ServerRig(new ServerSettings { Workers = workers, Backlog = 64 });
        rig.AnswerLikeAClient(segments: 1);
        rig.Open(40);
        int most = 0;
        rig.RunFor(Second, () => most = Math.Max(most, rig.Served));
        Assert.Equal(workers, most);
        Assert.Equal(40, rig.Got(PacketKind.ServerFin).Count());
        Assert.Equal(0, rig.Served);
    }

    [Fact]
    public void Connections_are_served_in_the_order_in_which_their_handshakes_were_completed()
    {
        var rig = new ServerRig(new ServerSettings { Workers = 1, Backlog = 64 });
        rig.AnswerLikeAClient(segments: 1);
        rig.Open(20);
        rig.RunFor(Second);
        Assert.Equal(Enumerable.Range(0, 20), rig.Got(PacketKind.Data));
    }

    /// <summary>The time of a request is spent in full for each, one after the other.</summary>
    [Fact]
    public void Requests_take_their_time_on_the_one_vcpu_however_many_workers_there_are()
    {
        var rig = new ServerRig(new ServerSettings { Workers = 8, Backlog = 64 });
        rig.AnswerLikeAClient(segments: 1);
        rig.Open(40);
        rig.RunFor(Second);
        Assert.Equal(400.0, rig.Answers[^1].AtNs / 1e6, 0.5);
    }

    /// <summary>How far the first connection has come when it is reset, and whether the one worker has it.</summary>
    [Theory]
    [InlineData(WorkerPhase.Accept, 1)]
    [InlineData(WorkerPhase.AwaitRequest, 5)]
    [InlineData(WorkerPhase.Serve, 7)]
    [InlineData(WorkerPhase.AwaitClose, 20)]
    internal void A_reset_frees_the_worker_for_the_next(WorkerPhase phase, int resetMs)
    {
        var rig = new ServerRig(new ServerSettings { Workers = 1 });
        rig.Open(2);
        rig.OnAnswer = (connection, kind) =>
        {
            if (kind != PacketKind.SynAck)
                return;
            if (connection == 0 && phase is WorkerPhase.Accept or WorkerPhase.AwaitRequest)
                rig.Send(0, PacketKind.HandshakeAck);
            else
                rig.Ask(connection);
        };
        rig.RunFor(resetMs * Ms);
        Assert.Equal((true, false), (rig.ConnectionOf(0).Worker >= 0, rig.ConnectionOf(1).Worker >= 0));
        Assert.Equal(phase == WorkerPhase.AwaitClose, rig.Kinds(0).Contains(PacketKind.Data));
        rig.Send(0, PacketKind.Reset);
        rig.RunFor(30 * Ms);
        Assert.DoesNotContain(PacketKind.ServerFin, rig.Kinds(0));
        Assert.Equal((ServerState.None, true), (rig.ConnectionOf(0).Server, rig.ConnectionOf(1).Worker >= 0));
        Assert.Contains(PacketKind.Data, rig.Kinds(1));
    }

    [Fact]
    public void A_connection_reset_in_the_queue_costs_the_worker_its_taking_over_and_closing()
    {
        var rig = new ServerRig(new ServerSettings { Workers = 1 });
        rig.AnswerLikeAClient(segments: 1);
        rig.Open(3);
        rig.RunFor(Ms);
        rig.Send(1, PacketKind.Reset);
        rig.RunFor(Second);
        Assert.Equal([0, 2], rig.Got(PacketKind.Data));
        // 10 ms, then a fifth and a fifth, then all up to the reply.
        Assert.Equal(10.0 + 4 + 8, rig.Answers.Last(a => a.Packet.Kind == PacketKind.Data).AtNs / 1e6, 0.1);
        Assert.Equal(0, rig.Served);
    }

    /// <summary>A worker keeps its connection until the client has closed it.</summary>
    [Fact]
    public void A_client_that_does_not_close_keeps_its_worker()
    {
        var rig = new ServerRig(new ServerSettings { Workers = 1 });
        rig.OnAnswer = (connection, kind) =>
        {
            if (kind == PacketKind.SynAck)
                rig.Ask(connection);
        };
        rig.Open(2);
        rig.RunFor(Second);
        Assert.Equal([0], rig.Got(PacketKind.Data));
        rig.Send(0, PacketKind.ClientFin);
        rig.RunFor(Second);
        Assert.Equal([0, 1], rig.Got(PacketKind.Data));
    }
}
