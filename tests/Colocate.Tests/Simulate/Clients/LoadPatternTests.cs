using Colocate.Simulate.Clients;
using Colocate.Simulate.NetworkPath;
using static Colocate.Tests.Simulate.Clients.ClientRig;

namespace Colocate.Tests.Simulate.Clients;

public sealed class LoadPatternTests
{
    private static readonly ClientSettings s_small = new() { Load = new OpenLoad(40), ReplyBytes = 100, TimeoutS = 0.5 };

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Bursts_come_together_and_keep_the_rate(int burst)
    {
        ClientRig rig = new ClientRig(s_small with { Load = new OpenLoad(40) { Burst = burst } }, Silence, atOnce: false).RunUntil(20 * Second);
        Assert.Equal(800, rig.Client.Connections);
        // Requests of a burst follow each other over the line, in less than a millisecond.
        long[] begins = [.. Opened(rig).Chunk(burst).Select(b => b[0])];
        Assert.All(Opened(rig).Chunk(burst), b => Assert.InRange(b[^1] - b[0], 0, Ms));
        Assert.All(begins.Zip(begins.Skip(1)), g => Assert.Equal(burst * 25 * Ms, g.Second - g.First));
    }

    /// <summary>A user takes 20 ms to connect, 30 ms to be answered and 50 ms to think: ten rounds a second each.</summary>
    [Fact]
    public void Users_of_a_closed_loop_ask_again_when_they_have_thought()
    {
        ClientRig rig = new ClientRig(s_small with { Load = new ClosedLoad(3) { ThinkS = 0.05 } }, Server(20 * Ms, 30 * Ms), atOnce: false).RunUntil(10 * Second);
        Assert.InRange(rig.Client.Replies, 3 * 99, 3 * 100);
        Assert.InRange(rig.Client.InFlight, 0, 3);
        Assert.All(Opened(rig).Take(3), at => Assert.InRange(at, 0, 50 * Ms));
    }

    /// <summary>Mean round 100 ms, 3000 of them: within four standard errors of the exponential part of 50 ms.</summary>
    [Fact]
    public void Times_of_thinking_may_be_exponential()
    {
        ClientRig rig = new ClientRig(s_small with { Load = new ClosedLoad(3) { ThinkS = 0.05, ExponentialThink = true } }, Server(20 * Ms, 30 * Ms), atOnce: false).RunUntil(100 * Second);
        Assert.Equal(3000, rig.Client.Replies, 4 * 0.5 * Math.Sqrt(3000));
        Assert.NotEqual(3000, rig.Client.Replies);
    }

    [Fact]
    public void A_user_who_is_never_answered_gives_up_and_asks_again()
    {
        ClientRig rig = new ClientRig(s_small with { Load = new ClosedLoad(2) }, Silence, atOnce: false).RunUntil((10 * Second) + Ms);
        Assert.Equal((42, 40, 2), (rig.Client.Connections, rig.Client.TimeOuts, rig.Client.InFlight));
    }

    /// <summary>8 000 draws: within four standard errors.</summary>
    [Fact]
    public void Each_connection_draws_its_size_and_arrivals_do_not_change_for_it()
    {
        ClientSettings one = s_small with { Load = new OpenLoad(400) { Poisson = true } };
        ClientRig plain = Run(one), mixed = Run(one with { OtherReplies = [new ReplyShare(3_000, 0.3), new ReplyShare(9_000, 0.1)] });
        Assert.Equal(Opened(plain), Opened(mixed));
        (long replies, long bytes) = (mixed.Client.Replies, mixed.Client.ReplyBytes - (245 * mixed.Client.Replies));
        Assert.Equal(345 * plain.Client.Replies, plain.Client.ReplyBytes);
        Assert.Equal((0.6 * 100) + (0.3 * 3_000) + (0.1 * 9_000), (double)bytes / replies, 4 * 2_860 / Math.Sqrt(replies));

        static ClientRig Run(ClientSettings settings) => new ClientRig(settings, Server(Ms, Ms, segments: 7), atOnce: false).RunUntil(20 * Second);
    }

    [Fact]
    public void Loads_out_of_range_are_refused()
    {
        foreach (LoadPattern load in (LoadPattern[])[new OpenLoad(0), new OpenLoad(1) { Burst = 0 }, new ClosedLoad(0), new ClosedLoad(1) { ThinkS = -1 }])
            Assert.Throws<ArgumentException>(() => new ClientRig(s_small with { Load = load }, Silence));
        foreach (ReplyShare[] others in (ReplyShare[][])[[new(1, 1)], [new(1, 0.5), new(2, 0.5)], [new(1, 0)], [new(1, double.NaN)]])
            Assert.Throws<ArgumentException>(() => new ClientRig(s_small with { OtherReplies = others }, Silence));
    }

    /// <summary>Answers with as many segments as asked for; a client stops listening when its reply is whole.</summary>
    private static Func<Packet, IEnumerable<(long, PacketKind)>> Server(long connectNs, long replyNs, int segments = 1) => p => p.Kind switch
    {
        PacketKind.Syn => [(connectNs, PacketKind.SynAck)],
        PacketKind.Request => [.. Enumerable.Repeat((replyNs, PacketKind.Data), segments)],
        PacketKind.ClientFin => [(0, PacketKind.ServerFin)],
        _ => [],
    };

    private static long[] Opened(ClientRig rig) => [.. rig.Sent.Where(s => s.Packet.Kind == PacketKind.Syn).Select(s => s.AtNs)];
}
