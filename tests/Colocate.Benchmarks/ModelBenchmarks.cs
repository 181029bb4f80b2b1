using BenchmarkDotNet.Attributes;
using Colocate.Simulate.Scenarios;

namespace Colocate.Benchmarks;

/// <summary>Whole models and what they allocate; events per second are those of the whole-process mode.</summary>
[MemoryDiagnoser]
public class ModelBenchmarks
{
    /// <summary>Simulated seconds; 1 000 customers arrive in each at the tandem queue.</summary>
    [Params(10, 100)]
    public int Seconds { get; set; }

    /// <summary>Three stations in series.</summary>
    [Benchmark]
    public long Tandem_queue()
    {
        var queue = new Tandem(seed: 1);
        queue.Run(1_000 * Seconds);
        return queue.SojournNs;
    }

    /// <summary>A base case.</summary>
    [Benchmark]
    public long Host_base_case() => HostModel.Run(BusyHost.Base(Seconds), BusyHost.Parameters).SimEvents;

    /// <summary>A pair.</summary>
    [Benchmark]
    public long Host_pair() => HostModel.Run(BusyHost.Pair(Seconds), BusyHost.Parameters).SimEvents;
}
