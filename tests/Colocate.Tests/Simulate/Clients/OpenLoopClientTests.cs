using Colocate.Simulate.Clients;
using Colocate.Simulate.NetworkPath;
using static Colocate.Tests.Simulate.Clients.ClientRig;

namespace Colocate.Tests.Simulate.Clients;

public sealed class OpenLoopClientTests
{
    /// <summary>A connection every 100 s: the first is watched alone, up to 90 s. 4 000 bytes are three segments.</summary>
    private static readonly ClientSettings s_one = new() { Load = new OpenLoad(0.01), ReplyBytes = 4_000 };

    [Fact]
    public void An_exchange_is_handshake_request_acknowledgements_and_close()
    {
        ClientRig rig = new ClientRig(s_one, Answer(dataMs: [20, 30, 40])).RunUntil(90 * Second);
        Assert.Equal(
            [(0, PacketKind.Syn), (5, PacketKind.HandshakeAck), (5, PacketKind.Request), (35, PacketKind.DataAck), (45, PacketKind.DataAck), (45, PacketKind.ClientFin), (47, PacketKind.LastAck)],
            rig.First());
        Assert.Equal((1, 1, 1, 0, 0), (rig.Client.Connections, rig.Client.Requests, rig.Client.Replies, rig.Client.TimeOuts, rig.Client.InFlight));
        Assert.Equal((5 * Ms, 40 * Ms), (rig.Client.ConnectNs, rig.Client.ReplyNs));
        Assert.Equal([74, 66, 66 + 69, 66, 66, 66, 66], rig.Sent.Select(s => s.Packet.Bytes));
    }

    [Theory]
    [InlineData(10, new double[] { 0, 1_000, 3_000, 7_000 })]
    [InlineData(20, new double[] { 0, 1_000, 3_000, 7_000, 15_000 })]
    [InlineData(2, new double[] { 0, 1_000 })]
    [InlineData(0.5, new double[] { 0 })]
    public void A_connection_without_answer_is_tried_again_at_1_3_and_7_s_and_given_up_at_the_time_out(double timeoutS, double[] triesMs)
    {
        ClientRig rig = new ClientRig(s_one with { TimeoutS = timeoutS }, Silence).RunUntil(90 * Second);
        Assert.Equal(triesMs.Select(ms => (ms, PacketKind.Syn)), rig.First());
        Assert.Equal((1, 0), (rig.Client.TimeOuts, rig.Client.InFlight));
        ClientRig shorter = new ClientRig(s_one with { TimeoutS = timeoutS }, Silence).RunUntil((long)(timeoutS * Second) - 1);
        Assert.Equal((0, 1, 1), (shorter.Client.TimeOuts, shorter.Client.InFlight, shorter.Open()));
    }

    [Fact]
    public void Hosts_of_old_repeat_a_SYN_after_3_s_and_then_after_twice_as_long()
    {
        ClientRig rig = new ClientRig(s_one with { SynTimeoutS = 3, TimeoutS = 30 }, Silence).RunUntil(90 * Second);
        Assert.Equal([(0, PacketKind.Syn), (3_000, PacketKind.Syn), (9_000, PacketKind.Syn), (21_000, PacketKind.Syn)], rig.First());
    }

    [Fact]
    public void The_first_byte_comes_with_the_first_segment_also_of_a_reply_that_never_ends()
    {
        ClientRig rig = new ClientRig(s_one, Answer(dataMs: [20, 30])).RunUntil(90 * Second);
        Assert.Equal((1, 20 * Ms, 0, 0), (rig.Client.RepliesBegun, rig.Client.FirstByteNs, rig.Client.Replies, rig.Client.ReplyNs));
    }

    /// <summary>Of 70 segments; the last is acknowledged at once.</summary>
    [Theory]
    [InlineData(0.5, 35)]
    [InlineData(1, 70)]
    [InlineData(1.22, 85)]
    [InlineData(0.01, 1)]
    public void Acknowledgements_go_with_segments(double perSegment, int acks)
    {
        ClientRig rig = new ClientRig(s_one with { AcksPerSegment = perSegment, ReplyBytes = (70 * 1_448) - 245 }, Answer([.. Enumerable.Range(1, 70)])).RunUntil(90 * Second);
        Assert.Equal((1, acks), (rig.Client.Replies, rig.First().Count(p => p.Kind == PacketKind.DataAck)));
    }

    [Fact]
    public void A_retried_connection_goes_on_as_any_other()
    {
        int syns = 0;
        Func<Packet, IEnumerable<(long, PacketKind)>> serve = Answer(dataMs: [1, 2, 3]);
        ClientRig rig = new ClientRig(s_one, p => p.Kind == PacketKind.Syn && ++syns < 3 ? [] : serve(p)).RunUntil(90 * Second);
        Assert.Equal([(0, PacketKind.Syn), (1_000, PacketKind.Syn), (3_000, PacketKind.Syn), (3_005, PacketKind.HandshakeAck)], rig.First().Take(4));
        Assert.Equal((3_005 * Ms, 1), (rig.Client.ConnectNs, rig.Client.Replies));
    }

    /// <summary>The time-out is the round trip and twice as much, at least 200 ms, for its variation (tcp_rtt_estimator of Linux); it doubles.</summary>
    [Theory]
    [InlineData(5, 205)]
    [InlineData(100, 300)]
    [InlineData(950, 2_850)]
    public void A_request_without_answer_is_repeated_at_doubled_times_and_given_up_by_a_reset(int roundTripMs, int firstMs)
    {
        ClientRig rig = new ClientRig(s_one, p => p.Kind == PacketKind.Syn ? [(roundTripMs * Ms, PacketKind.SynAck)] : []).RunUntil(90 * Second);
        List<(double, PacketKind)> expected = [(0, PacketKind.Syn), (roundTripMs, PacketKind.HandshakeAck)];
        for (double atMs = roundTripMs, waitMs = firstMs; atMs < roundTripMs + 10_000; atMs += waitMs, waitMs *= 2)
            expected.Add((atMs, PacketKind.Request));
        Assert.Equal([.. expected, (roundTripMs + 10_000, PacketKind.Reset)], rig.First());
        Assert.Equal((1, 1, 0, 1), (rig.Client.Connections, rig.Client.Requests, rig.Client.Replies, rig.Client.TimeOuts));
    }

    /// <summary>100 ms after the second SYN; time stamps tell which of the two was answered.</summary>
    [Fact]
    public void The_round_trip_of_a_retried_connection_is_that_of_its_last_SYN()
    {
        int syns = 0;
        ClientRig rig = new ClientRig(s_one, p => p.Kind == PacketKind.Syn && ++syns == 2 ? [(100 * Ms, PacketKind.SynAck)] : []).RunUntil(90 * Second);
        Assert.Equal([1_100, 1_400, 2_000], rig.First().Where(s => s.Kind == PacketKind.Request).Take(3).Select(s => s.AtMs));
    }

    [Fact]
    public void An_acknowledged_request_is_not_repeated()
    {
        ClientRig rig = new ClientRig(s_one, p => p.Kind switch
        {
            PacketKind.Syn => [(5 * Ms, PacketKind.SynAck)],
            PacketKind.Request => [(150 * Ms, PacketKind.RequestAck)],
            _ => [],
        }).RunUntil(90 * Second);
        Assert.Equal([(0, PacketKind.Syn), (5, PacketKind.HandshakeAck), (5, PacketKind.Request), (10_005, PacketKind.Reset)], rig.First());
    }

    [Fact]
    public void Any_segment_starts_the_time_out_anew()
    {
        ClientRig rig = new ClientRig(s_one, Answer(dataMs: [9_000, 18_000])).RunUntil(90 * Second);
        Assert.Equal((28_005, PacketKind.Reset), rig.First().Last());
        ClientRig complete = new ClientRig(s_one, Answer(dataMs: [9_000, 18_000, 27_000])).RunUntil(90 * Second);
        Assert.Equal((1, 0), (complete.Client.Replies, complete.Client.TimeOuts));
    }

    [Fact]
    public void An_agreement_that_comes_too_late_is_answered_by_a_reset()
    {
        ClientRig rig = new ClientRig(s_one with { TimeoutS = 2 }, p => p.Kind == PacketKind.Syn ? [(3_000 * Ms, PacketKind.SynAck)] : []).RunUntil(50 * Second);
        Assert.Equal([(0, PacketKind.Syn), (1_000, PacketKind.Syn), (3_000, PacketKind.Reset), (4_000, PacketKind.Reset)], rig.First());
        Assert.Equal((0, 1), (rig.Client.Requests, rig.Client.TimeOuts));
    }

    [Theory]
    [InlineData(1_024, 1)]
    [InlineData(10_240, 8)]
    public void Every_second_segment_is_acknowledged_and_the_last(int replyBytes, int segments)
    {
        ClientRig rig = new ClientRig(s_one with { ReplyBytes = replyBytes }, Answer([.. Enumerable.Range(1, segments)])).RunUntil(90 * Second);
        Assert.Equal((segments + 1) / 2, rig.Sent.Count(s => s.Packet.Kind == PacketKind.DataAck));
        Assert.Equal(1, rig.Client.Replies);
    }

    [Fact]
    public void Constant_arrivals_are_equally_far_apart()
    {
        ClientRig rig = new ClientRig(s_one with { Load = new OpenLoad(40), TimeoutS = 0.5 }, Silence, atOnce: false).RunUntil(10 * Second);
        Assert.InRange(rig.Sent[0].AtNs, 0, 25 * Ms);
        Assert.Equal(Enumerable.Repeat(25 * Ms, 399), Gaps(rig).Select(g => (long)g));
        Assert.Equal(400, rig.Client.Connections);
    }

    /// <summary>20 000 gaps: mean and standard deviation of the exponential distribution within four standard errors, 1/e above the mean.</summary>
    [Fact]
    public void Poisson_arrivals_have_exponential_gaps()
    {
        ClientRig rig = new ClientRig(s_one with { Load = new OpenLoad(1_000) { Poisson = true }, TimeoutS = 0.1 }, Silence, atOnce: false).RunUntil(20 * Second);
        double[] gaps = [.. Gaps(rig)];
        double mean = gaps.Average();
        Assert.Equal(1, mean / Ms, 4 / Math.Sqrt(20_000));
        Assert.Equal(1, Math.Sqrt(gaps.Average(g => (g - mean) * (g - mean))) / Ms, 4 * Math.Sqrt(2.0 / 20_000));
        Assert.Equal(Math.Exp(-1), gaps.Count(g => g > Ms) / (double)gaps.Length, 0.014);
    }

    /// <summary>Answers come at any time or never, so connections end in every way.</summary>
    [Fact]
    public void Connections_are_replies_time_outs_and_those_still_open()
    {
        var chance = new Random(1);
        IEnumerable<(long, PacketKind)> Server(Packet p) => p.Kind switch
        {
            PacketKind.Syn => Sometimes(PacketKind.SynAck),
            PacketKind.Request => [.. Sometimes(PacketKind.Data), .. Sometimes(PacketKind.Data), .. Sometimes(PacketKind.Data)],
            PacketKind.ClientFin => Sometimes(PacketKind.ServerFin),
            _ => [],
        };
        IEnumerable<(long, PacketKind)> Sometimes(PacketKind kind) => chance.Next(6) == 0 ? [] : [(chance.Next(1_500) * Ms, kind)];
        var rig = new ClientRig(s_one with { Load = new OpenLoad(50) { Poisson = true }, TimeoutS = 1.2 }, Server);
        for (int s = 1; s <= 40; s++)
        {
            rig.RunUntil(s * Second);
            Assert.Equal(rig.Open(), rig.Client.InFlight);
        }

        Assert.True(rig.Client is { Replies: > 200, TimeOuts: > 200, InFlight: > 10 });
    }

    /// <summary>The reply is there at 45 ms; the time-out is 5 ms and, as its variable part, 200 ms.</summary>
    [Theory]
    [InlineData(false, new double[] { 45 })]
    [InlineData(true, new double[] { 45, 250, 660 })]
    public void Where_packets_may_be_lost_a_FIN_is_repeated_until_the_server_closes(bool mayLose, double[] finsMs)
    {
        int fins = 0;
        Func<Packet, IEnumerable<(long, PacketKind)>> answer = Answer(dataMs: [20, 30, 40]);
        ClientRig rig = new ClientRig(s_one with { MayLose = mayLose }, p => p.Kind == PacketKind.ClientFin && ++fins < 3 ? [] : answer(p)).RunUntil(90 * Second);
        Assert.Equal(finsMs, rig.First().Where(s => s.Kind == PacketKind.ClientFin).Select(s => s.AtMs));
    }

    /// <summary>Segments come at 25 and 35 ms; the third waits for an acknowledgement that was lost.</summary>
    [Fact]
    public void Where_packets_may_be_lost_what_has_come_is_acknowledged_again_when_no_more_comes()
    {
        bool lost = false;
        IEnumerable<(long, PacketKind)> Server(Packet p)
        {
            if (p.Kind != PacketKind.DataAck)
                return Answer(dataMs: [20, 30])(p);
            (bool first, lost) = (!lost, true);
            return first ? [] : [(Ms, PacketKind.Data)];
        }

        ClientRig rig = new ClientRig(s_one with { MayLose = true }, Server).RunUntil(90 * Second);
        Assert.Equal([35.0, 240, 241], rig.First().Where(s => s.Kind == PacketKind.DataAck).Select(s => s.AtMs));
        Assert.Equal(1, rig.Client.Replies);
        Assert.Equal(0, new ClientRig(s_one, p => p.Kind == PacketKind.DataAck ? [] : Answer(dataMs: [20, 30])(p)).RunUntil(90 * Second).Client.Replies);
    }

    private static IEnumerable<double> Gaps(ClientRig rig)
    {
        long[] opened = [.. rig.Sent.Where(s => s.Packet.Kind == PacketKind.Syn).Select(s => s.AtNs)];
        return opened.Zip(opened.Skip(1), (a, b) => (double)(b - a));
    }

    /// <summary>A server that agrees after 5 ms, sends segments at times after the request, and closes after 2 ms.</summary>
    private static Func<Packet, IEnumerable<(long, PacketKind)>> Answer(int[] dataMs) => packet => packet.Kind switch
    {
        PacketKind.Syn => [(5 * Ms, PacketKind.SynAck)],
        PacketKind.Request => [(Ms, PacketKind.RequestAck), .. dataMs.Select(ms => (ms * Ms, PacketKind.Data))],
        PacketKind.ClientFin => [(2 * Ms, PacketKind.ServerFin)],
        _ => [],
    };
}
