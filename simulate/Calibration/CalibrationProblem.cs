using System.Collections.Concurrent;
using Colocate.Model.Tables;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout;
using Colocate.Simulate.Scenarios;
using MathNet.Numerics.Statistics;

namespace Colocate.Simulate.Calibration;

/// <summary>
/// Runs and what was measured in them, against what the simulator makes of them. Runs of one workload at nearly the same rate share one
/// simulation while searching. All candidates see the same random numbers.
/// </summary>
public sealed class CalibrationProblem
{
    /// <summary>Offered rates closer than this are one while searching.</summary>
    private const double SameRate = 0.03;

    /// <summary>Seconds that suffice where the load is far from saturation, and from which on they count.</summary>
    private const double ShortS = 8, SettledS = 2;

    private readonly IReadOnlyList<CalibrationRun> _runs;
    private readonly HostScenario[] _scenarios;
    private readonly int[] _scenarioOf;
    private readonly ParallelOptions _parallel;
    private double[][] _sensitivities;

    /// <summary>Prepares a problem.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="searching">True: with shared and shortened simulations; false: every run as it was.</param>
    /// <param name="parallel">How many simulations run at once; no result depends on it.</param>
    public CalibrationProblem(IReadOnlyList<CalibrationRun> runs, bool searching, ParallelOptions parallel)
    {
        (_runs, _parallel) = (runs, parallel);
        var scenarios = new List<HostScenario>();
        _scenarioOf = [.. runs.Select(r => PlaceOf(searching ? Shortened(r) : r.Scenario, scenarios, searching))];
        _scenarios = [.. scenarios];
        _sensitivities = [.. runs.Select(r => new double[Observed(r).Count()])];
    }

    /// <summary>Simulations for each candidate.</summary>
    public int Simulations => _scenarios.Length;

    /// <summary>Measured values that count.</summary>
    public int Residuals => _runs.Sum(r => Observed(r).Count());

    /// <summary>Simulates every run with the given parameters.</summary>
    public IReadOnlyList<RunReading> Simulate(HostParameters parameters) => Simulate([parameters], 1)[0];

    /// <summary>Simulates every run with each of several candidates, all at once.</summary>
    public IReadOnlyList<IReadOnlyList<RunReading>> Simulate(IReadOnlyList<HostParameters> candidates) => Simulate(candidates, 1);

    /// <summary>
    /// The loss of each candidate: squared residuals in tolerances, outliers held, that the run's own speed does not explain, summed over runs
    /// and observables.
    /// </summary>
    public double[] Losses(IReadOnlyList<HostParameters> candidates) => [.. Simulate(candidates, 1).Select(Loss)];

    /// <summary>
    /// Finds how residuals move with the CPU's speed: the median over the given parameters, for near saturation single differences may be far from the
    /// slope. Losses use it from then on; nothing is simulated when every run's speed is known.
    /// </summary>
    public void LearnSensitivities(IReadOnlyList<HostParameters> at)
    {
        if (_runs.All(r => r.SpeedSd == 0))
            return;

        // A step of one standard deviation to either side, so that the difference is twice the change that one makes.
        RunReading[][] slow = Simulate(at, Math.Exp(-SpeedNuisance.Sd)), fast = Simulate(at, Math.Exp(SpeedNuisance.Sd));
        _sensitivities = [.. _runs.Select((run, i) => Medians([.. at.Select((_, c) => ResidualsOf(run, fast[c][i]).Zip(ResidualsOf(run, slow[c][i]), (f, s) => (f - s) / 2 * run.SpeedSd / SpeedNuisance.Sd).ToArray())]))];
    }

    /// <summary>The most likely speed of every run's CPU relative to the host's usual one, in the order of the runs.</summary>
    public IReadOnlyList<double> Speeds(IReadOnlyList<RunReading> simulated) => [.. _runs.Select((run, i) => Math.Exp(run.SpeedSd * SpeedNuisance.Deviation(ResidualsOf(run, simulated[i]), _sensitivities[i])))];

    /// <summary>The loss of one simulation of all runs.</summary>
    public double Loss(IReadOnlyList<RunReading> simulated) => Unexplained(simulated).Sum(r => r * r);

    /// <summary>
    /// Residuals in tolerances at each run's likeliest speed, outliers held, and how far out that speed is: run by run, in the order of the catalogue. Their
    /// squares are the loss.
    /// </summary>
    public double[] Unexplained(IReadOnlyList<RunReading> simulated) => [.. _runs.SelectMany((run, i) => SpeedNuisance.Unexplained(ResidualsOf(run, simulated[i]), _sensitivities[i]))];


    /// <summary>Every measured value beside its simulation.</summary>
    public IEnumerable<CalibrationResidualRow> Rows(IReadOnlyList<RunReading> simulated) =>
        from i in Enumerable.Range(0, _runs.Count)
        let run = _runs[i]
        from observable in ObservableCatalogue.All
        let measured = observable.Read(run.Measured)
        let value = observable.Read(simulated[i])
        where measured is not null && value is not null
        let tolerance = run.Tolerance(observable, measured.Value)
        select new CalibrationResidualRow
        {
            Run = run.Run,
            Campaign = run.Campaign,
            Workload = run.Workload,
            Domain = run.NameOf(observable.Of),
            Observable = observable.Name,
            Measured = measured.Value,
            Simulated = value.Value,
            Tolerance = tolerance,
            Residual = (value.Value - measured.Value) / tolerance,
            Fitted = run.Counts(observable),
        };

    private static IEnumerable<Observable> Observed(CalibrationRun run) => ObservableCatalogue.All.Where(o => run.Counts(o) && o.Read(run.Measured) is not null);

    private static double[] ResidualsOf(CalibrationRun run, RunReading simulated) =>
        [.. Observed(run).Select(o => ((o.Read(simulated) ?? 0) - o.Read(run.Measured)!.Value) / run.Tolerance(o, o.Read(run.Measured)!.Value))];

    /// <summary>
    /// Runs far from saturation, and idle ones, are in their steady state within seconds. Saturated ones keep their length, for T counts from a
    /// cold start; their metrics hardly depend on which part of the run was traced.
    /// </summary>
    private static HostScenario Shortened(CalibrationRun run) => run.Scenario.DurationS <= ShortS ? run.Scenario
        : run.Scenario with { DurationS = run.Kind == "base" ? run.Scenario.DurationS : ShortS, WindowStartS = SettledS, WindowS = null };

    private static int PlaceOf(HostScenario scenario, List<HostScenario> scenarios, bool sharing)
    {
        int place = sharing ? scenarios.FindIndex(s => IsNear(s, scenario)) : -1;
        if (place >= 0)
            return place;
        scenarios.Add(scenario);
        return scenarios.Count - 1;
    }

    private static bool IsNear(HostScenario a, HostScenario b) =>
        a with { Guests = b.Guests } == b
        && a.Guests.Count == b.Guests.Count
        && a.Guests.Zip(b.Guests).All(g => (g.First.Client, g.Second.Client) switch
        {
            (null, null) => true,
            ({ Load: OpenLoad p } x, { Load: OpenLoad q } y) => Math.Abs(p.OfferedPerS - q.OfferedPerS) <= SameRate * q.OfferedPerS && x with { Load = p with { OfferedPerS = q.OfferedPerS } } == y && g.First with { Client = y } == g.Second,
            _ => false,
        });

    private RunReading[][] Simulate(IReadOnlyList<HostParameters> candidates, double speed)
    {
        var results = new ScenarioResult[candidates.Count * _scenarios.Length];
        // Handed out one by one: whole blocks would leave some without work while others finish theirs.
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, results.Length), EnumerablePartitionerOptions.NoBuffering), _parallel, i => results[i] = HostModel.Run(
            _scenarios[i % _scenarios.Length] with { CpuSpeed = speed }, candidates[i / _scenarios.Length], _parallel.CancellationToken));
        return
        [
            .. candidates.Select((_, c) => _runs.Select((run, r) => Read(run, results[(c * _scenarios.Length) + _scenarioOf[r]])).ToArray()),
        ];
    }

    private static double[] Medians(double[][] vectors) => [.. vectors[0].Select((_, k) => Statistics.Median(vectors.Select(v => v[k])))];

    private static RunReading Read(CalibrationRun run, ScenarioResult result)
    {
        SimulatedDomainRow? guest = run.Guest < 0 ? null : ResultRows.Guest(result, run.Guest);
        return new RunReading(guest?.ThroughputPerS, guest?.ReplyMs, ResultRows.Driver(result), guest, ResultRows.Host(result)) { FirstByteMs = guest?.FirstByteMs };
    }
}
