using BenchmarkDotNet.Attributes;
using Colocate.Simulate.Engine;

namespace Colocate.Benchmarks;

/// <summary>Single operations of the calendar.</summary>
public class CalendarBenchmarks
{
    private const int Rounds = 1024, Places = 9;
    private readonly EventCalendar _calendar = new(Rounds, Places);

    /// <summary>Fills the calendar from the back, which moves every event to the top, and empties it.</summary>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public void Fill_and_drain()
    {
        for (int i = Rounds; i > 0; i--)
            _calendar.Schedule(i, 0, 0);
        while (_calendar.TryTake(long.MaxValue, out _)) { }
    }

    /// <summary>What an interrupted piece of work costs: its place is overwritten, then called off.</summary>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public void Put_twice_and_call_off()
    {
        for (int i = 0; i < Rounds; i++)
        {
            _calendar.Put(i % Places, i, 0, 0);
            _calendar.Put(i % Places, i + 1, 0, 0);
            _calendar.CallOff(i % Places);
        }
    }

    /// <summary>Work that is done and begun again, as on a busy pcpu.</summary>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public long Put_and_take()
    {
        long sum = 0;
        for (int i = 0; i < Rounds; i++)
        {
            _calendar.Put(i % Places, i, 0, 0);
            sum += _calendar.Take().TimeNs;
        }

        return sum;
    }
}
