using BenchmarkDotNet.Attributes;

namespace Colocate.Benchmarks;

/// <summary>The bare engine, by number of pending events.</summary>
public class HoldBenchmarks
{
    private const int Events = 100_000;
    private HoldModel _hold = null!;

    /// <summary>Pending events.</summary>
    [Params(4, 16, 64, 1024)]
    public int Pending { get; set; }

    /// <summary>Fills the calendar.</summary>
    [GlobalSetup]
    public void Fill() => _hold = new HoldModel(Pending);

    /// <summary>Time of one event.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public long Hold() => _hold.Run(Events);
}
