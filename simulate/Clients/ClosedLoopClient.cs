using Colocate.Simulate.Engine;

namespace Colocate.Simulate.Clients;

/// <summary>Clients of a <see cref="ClosedLoad"/>.</summary>
internal sealed class ClosedLoopClient : WebClient
{
    private readonly ClosedLoad _load;
    private readonly double _thinkNs;
    private RandomSource _random;

    internal ClosedLoopClient(ClientPath path, ClientSettings settings, ClosedLoad load)
        : base(path, settings) => (_load, _thinkNs, _random) = (load, load.ThinkS * 1e9, path.Arrivals);

    /// <summary>Users begin at random places within one time of thinking, so that constant times do not keep them together.</summary>
    public override void Start()
    {
        for (int i = 0; i < _load.Users; i++)
            ScheduleArrival(0, _random.Uniform() * _thinkNs);
    }

    /// <inheritdoc/>
    public override void OnArrival(long nowNs) => Open(nowNs);

    /// <inheritdoc/>
    private protected override void OnOver(long nowNs) => ScheduleArrival(nowNs, _load.ExponentialThink ? _random.Exponential(_thinkNs) : _thinkNs);
}
