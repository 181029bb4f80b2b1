using Colocate.Simulate.Engine;

namespace Colocate.Benchmarks;

/// <summary>
/// Three single servers in series: Poisson arrivals, exponential service, first come, first served, no limit to the queues. A customer is an
/// arrival and three departures, each of them one event. The peers under <c>peers/</c> run the same model.
/// </summary>
public sealed class Tandem
{
    /// <summary>Mean time between two arrivals, in ns.</summary>
    public const double GapNs = 1_000_000;

    private const int Arrival = 0, Departure = 1;
    private static readonly double[] s_serviceNs = [700_000, 600_000, 500_000];
    private readonly EventCalendar _calendar = new(16);
    private readonly Queue<long>[] _arrivedNs = [.. s_serviceNs.Select(_ => new Queue<long>(64))];
    private readonly RandomSource[] _random;
    private long _left;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="seed">Seed of all chance.</param>
    public Tandem(long seed) => _random = [.. Enumerable.Range(0, s_serviceNs.Length + 1).Select(stream => new RandomSource(seed, stream))];

    /// <summary>Mean service time of each station, in ns.</summary>
    public static IReadOnlyList<double> ServiceNs => s_serviceNs;

    /// <summary>
    /// Mean time from arrival to last departure in the steady state, in ns: every station is an M/M/1 queue by itself (Jackson, "Networks of
    /// Waiting Lines", Operations Research 5, 1957), where that time is 1 / (1/S - 1/gap).
    /// </summary>
    public static double ExactSojournNs => s_serviceNs.Sum(s => 1 / ((1 / s) - (1 / GapNs)));

    /// <summary>
    /// Standard error of the mean time of that many customers, relative to the exact one, as a bound: those of the stations, as if they rose and
    /// fell together, which they nearly do. Variance of a long mean at one M/M/1 queue of load r in units of the service time, customers' waits
    /// being correlated: r (2 + 5 r - 4 r^2 + r^3) / (1 - r)^4 (Daley, "The Serial Correlation Coefficients of Waiting Times in a Stationary
    /// Single Server Queue", J. Austral. Math. Soc. 8, 1968).
    /// </summary>
    /// <param name="customers">Customers; many.</param>
    public static double RelativeError(long customers) => s_serviceNs.Sum(s => s * Math.Sqrt(VarianceOfMean(s / GapNs) / customers)) / ExactSojournNs;

    /// <summary>Events handled so far.</summary>
    public long Events { get; private set; }

    /// <summary>Time from arrival to last departure, summed over the customers that left, in ns.</summary>
    public long SojournNs { get; private set; }

    /// <summary>Lets that many customers in and runs until the last has left.</summary>
    public void Run(long customers)
    {
        _left = customers;
        _calendar.Schedule(Draw(s_serviceNs.Length, GapNs), Arrival, 0);
        while (_calendar.TryTake(long.MaxValue, out ScheduledEvent e))
        {
            Events++;
            if (e.Kind == Arrival)
                Arrive(e.TimeNs);
            else
                Depart(e.Target, e.TimeNs);
        }
    }

    private static double VarianceOfMean(double load) => load * (2 + (5 * load) - (4 * load * load) + (load * load * load)) / Math.Pow(1 - load, 4);

    private void Arrive(long nowNs)
    {
        if (--_left > 0)
            _calendar.Schedule(nowNs + Draw(s_serviceNs.Length, GapNs), Arrival, 0);
        Join(0, nowNs, nowNs);
    }

    private void Depart(int station, long nowNs)
    {
        long arrivedNs = _arrivedNs[station].Dequeue();
        if (_arrivedNs[station].Count > 0)
            Serve(station, nowNs);
        if (station + 1 < s_serviceNs.Length)
            Join(station + 1, arrivedNs, nowNs);
        else
            SojournNs += nowNs - arrivedNs;
    }

    private void Join(int station, long arrivedNs, long nowNs)
    {
        _arrivedNs[station].Enqueue(arrivedNs);
        if (_arrivedNs[station].Count == 1)
            Serve(station, nowNs);
    }

    private void Serve(int station, long nowNs) => _calendar.Schedule(nowNs + Draw(station, s_serviceNs[station]), Departure, station);

    private long Draw(int stream, double meanNs) => (long)_random[stream].Exponential(meanNs);
}
