using Colocate.Simulate.Guests;
using Colocate.Simulate.Machine;
using Colocate.Simulate.NetworkPath;

namespace Colocate.Simulate.Parameters;

/// <summary>A value for every parameter of <see cref="ParameterCatalogue"/>. Immutable.</summary>
public sealed class HostParameters
{
    private readonly double[] _values;

    private HostParameters(double[] values) => _values = values;

    /// <summary>The values that nothing was fitted to.</summary>
    public static HostParameters Start { get; } = new([.. ParameterCatalogue.All.Select(p => p.Start)]);

    /// <summary>Half width of the uniform spread of the server's work, 0..1.</summary>
    public double ServiceSpread => this[ParameterCatalogue.ServiceSpread];

    /// <summary>From packet to interrupt, in ns.</summary>
    public long CardInterruptNs => Ns(this[ParameterCatalogue.CardInterrupt]);

    /// <summary>From the card to a client, one way, in ns.</summary>
    public long ClientDelayNs => Ns(this[ParameterCatalogue.ClientDelay]);

    /// <summary>The value of a parameter, in its unit.</summary>
    public double this[ParameterDefinition parameter] => _values[parameter.Index];

    /// <summary>The same with other values for some parameters.</summary>
    public HostParameters With(params IEnumerable<(ParameterDefinition Parameter, double Value)> changes)
    {
        double[] values = [.. _values];
        foreach ((ParameterDefinition parameter, double value) in changes)
            values[parameter.Index] = value;
        return new HostParameters(values);
    }

    /// <summary>CPU time from an event to the interrupt handler, in ns.</summary>
    /// <param name="scale">Factor on CPU times: 1 / speed of the CPU.</param>
    internal long UpcallNs(double scale) => Ns(this[ParameterCatalogue.Upcall] * scale);

    internal long IdleEntryNs(double scale) => Ns(this[ParameterCatalogue.IdleEntry] * scale);

    internal long DriverColdNs(double scale) => Ns(this[ParameterCatalogue.DriverCold] * scale);

    internal long TickNs(double scale) => Ns(this[ParameterCatalogue.Tick] * scale);

    internal MachineCosts Machine(double scale, int threadsPerCore, double refillShare) =>
        new(Ns(this[ParameterCatalogue.Switch] * scale), Ns(this[ParameterCatalogue.Cold] * scale), threadsPerCore, this[ParameterCatalogue.SharedSpeed], refillShare);

    internal DriverCosts Driver(double scale)
    {
        double card = this[ParameterCatalogue.CardShare];
        double receive = this[ParameterCatalogue.DriverReceive], transmit = this[ParameterCatalogue.DriverTransmit];
        return new DriverCosts
        {
            RoundNs = Ns(this[ParameterCatalogue.DriverRound] * scale),
            ReceiveNs = Ns(receive * card * scale),
            ConnectionNs = Ns(this[ParameterCatalogue.DriverConnection] * scale),
            CopyNs = Ns(receive * (1 - card) * scale),
            TransmitNs = Ns(transmit * (1 - card) * scale),
            CardNs = Ns(transmit * card * scale),
            PageNs = Ns(this[ParameterCatalogue.DriverPage] * scale),
            MonitorPeriodNs = Ns(1e6 / this[ParameterCatalogue.MonitorRate]),
            MonitorNs = Ns(this[ParameterCatalogue.Monitor] * 1e6 / this[ParameterCatalogue.MonitorRate] * scale),
        };
    }

    internal GuestCosts Guest(double scale)
    {
        double receive = this[ParameterCatalogue.GuestReceive];
        return new GuestCosts
        {
            RoundNs = Ns(this[ParameterCatalogue.GuestRound] * scale),
            ReceiveNs = Ns(receive * scale),
            ControlNs = Ns(receive * this[ParameterCatalogue.GuestControlShare] * scale),
            SegmentNs = Ns(this[ParameterCatalogue.GuestSegment] * scale),
            RequestNs = Ns(this[ParameterCatalogue.Request] * scale),
            RequestKbNs = Ns(this[ParameterCatalogue.RequestKb] * scale),
            BackgroundPeriodNs = Ns(1e6 / this[ParameterCatalogue.BackgroundRate]),
            BackgroundNs = Ns(this[ParameterCatalogue.Background] * scale),
        };
    }

    private static long Ns(double us) => (long)Math.Round(us * 1000);
}
