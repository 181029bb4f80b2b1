using Colocate.Simulate.Engine;

namespace Colocate.Simulate.Clients;

/// <summary>Clients of an <see cref="OpenLoad"/>.</summary>
internal sealed class OpenLoopClient : WebClient
{
    private readonly OpenLoad _load;
    private RandomSource _random;

    internal OpenLoopClient(ClientPath path, ClientSettings settings, OpenLoad load)
        : base(path, settings) => (_load, _random) = (load, path.Arrivals);

    /// <summary>Begins at a random place within the first gap.</summary>
    public override void Start() => ScheduleArrival(0, _random.Uniform() * (_load.Burst * 1e9) / _load.OfferedPerS);

    /// <inheritdoc/>
    public override void OnArrival(long nowNs)
    {
        for (int i = 0; i < _load.Burst; i++)
            Open(nowNs);
        ScheduleArrival(nowNs, Math.Round(_load.Poisson ? _random.Exponential(_load.MeanGapNs) : _load.MeanGapNs));
    }
}
