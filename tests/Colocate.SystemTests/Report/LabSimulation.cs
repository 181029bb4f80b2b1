using Colocate.Cli.Report;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using static System.FormattableString;

namespace Colocate.SystemTests.Report;

/// <summary>
/// Simulated scenarios and a calibration, made up from the measured tables of a lab without any randomness: every measured pair run repeated,
/// every pair at saturation, every measured sweep, and residuals of the base runs.
/// </summary>
internal static class LabSimulation
{
    public static ReportTables AddTo(ReportTables lab)
    {
        List<(SimulatedRunRow Run, IReadOnlyList<SimulatedDomainRow> Domains)> scenarios = [.. Repeated(lab), .. Saturated(lab), .. Swept(lab)];
        return lab with
        {
            SimulatedRuns = [.. scenarios.Select(s => s.Run)],
            SimulatedDomains = [.. scenarios.SelectMany(s => s.Domains)],
            CalibrationParameters = Parameters,
            CalibrationResiduals = [.. Residuals(lab)],
            CalibrationEigen = [.. Parameters.Where(p => p.Fitted).Index().Select(p => new CalibrationEigenRow { Direction = p.Index + 1, Eigenvalue = Math.Pow(10, p.Index), Parameter = p.Item.Parameter, Loading = 1 })],
            CalibrationProfiles =
            [
                .. from p in Parameters
                   where p.Fitted
                   from step in new[] { -2, -1, 0, 1, 2 }
                   select new CalibrationProfileRow { Parameter = p.Parameter, ParameterUnit = p.ParameterUnit, Value = p.Value * Math.Exp(0.1 * step), Loss = 240 + (step * step), Expected = 240 + (step * step) },
            ],
            EvaluationPairs = [.. lab.EvaluationPairs, .. lab.EvaluationPairs.Select(e => e with { Model = "constant_demand", Predicted = e.Measured * 1.08 })],
        };
    }

    private static IReadOnlyList<CalibrationParameterRow> Parameters { get; } =
    [
        Parameter("request_cpu_us", "guest CPU of one request, without its bytes", "us", 8123.4, 2000, 15000, "base runs"),
        Parameter("byte_cpu_ns", "guest CPU of one byte of a reply", "ns", 31.2, 5, 100, "base runs"),
        Parameter("packet_driver_us", "driver CPU of one packet", "us", 196.5, 50, 200, "base runs"),
        Parameter("switch_us", "cost of a switch between two vcpus", "us", 4.1, 4, 60, "Menon et al. 2005"),
        Parameter("grant_copy_us", "cost of one grant copy", "us", 2.2, 0.5, 6, "base runs"),
        Parameter("tslice_ms", "time slice of the scheduler", "ms", 30, null, null, "manifest of the runs"),
        Parameter("nic_mbit_per_s", "rate of the shared network card", "Mbit/s", 3.2, null, null, "manifest of the runs"),
    ];

    private static CalibrationParameterRow Parameter(string name, string meaning, string unit, double value, double? low, double? high, string source) => new()
    {
        Parameter = name, Meaning = meaning, ParameterUnit = unit, Value = value, Low = low, High = high, Fitted = low is not null, Source = source,
    };

    private static IEnumerable<(SimulatedRunRow, IReadOnlyList<SimulatedDomainRow>)> Repeated(ReportTables lab) =>
        from run in lab.GuestScores.Where(s => s.Kind == "pair" && s.Score is not null).GroupBy(s => s.Run)
        let guests = run.OrderBy(s => s.GuestIndex).Select(s => (s.Workload, s.Score!.Value * (1.02 + (0.07 * LabTables.Wobble(s.Run))))).ToList()
        where guests.Count == 2
        select Scenario("like/" + run.Key, "like", run.Key, 1, guests, null);

    private static IEnumerable<(SimulatedRunRow, IReadOnlyList<SimulatedDomainRow>)> Saturated(ReportTables lab) =>
        from pair in WorkloadPair.All(lab.BaseCases.Select(b => b.Workload).Distinct())
        let half = 0.52 + (0.07 * LabTables.Wobble(pair.ToString()))
        select Scenario($"pair/{pair.A}+{pair.B}", "pair", null, 1, [(pair.A, half), (pair.B, half)], null);

    private static IEnumerable<(SimulatedRunRow, IReadOnlyList<SimulatedDomainRow>)> Swept(ReportTables lab) =>
        from point in SweepReading.All(lab).GroupBy(r => (r.Pair, r.RateFraction))
        let readings = point.OrderBy(r => r.Run).Take(2).ToList()
        select Scenario(
            Invariant($"sweep/{point.Key.Pair.A}+{point.Key.Pair.B}@{point.Key.RateFraction}"), "sweep", null, point.Key.RateFraction,
            [.. readings.Select(r => (r.Workload, (r.Score ?? 0) * 0.97))], readings);

    private static (SimulatedRunRow, IReadOnlyList<SimulatedDomainRow>) Scenario(
        string name, string kind, string? like, double rate, IReadOnlyList<(string Workload, double Score)> guests, List<SweepReading>? measured)
    {
        double combined = guests.Sum(g => g.Score);
        HostMeasures? host = measured?[0].Host;
        var run = new SimulatedRunRow
        {
            Scenario = name, Kind = kind, LikeRun = like, RateFraction = rate, Combined = combined, CombinedLow = combined - 0.04, CombinedHigh = combined + 0.03,
            Level = 0.9, Replicas = 10, SimulatedS = 60, SimEvents = 4_000_000, SwitchesPerS = host?.SwitchesPerS * 1.05, PagesPerExecution = host?.PagesPerExecution * 0.95,
        };
        return (run,
        [
            Domain(name, 0, "Domain-0", null, null, measured?[0].DriverCpu, measured?[0].Driver),
            .. guests.Select((g, i) => Domain(name, i + 1, $"vm{i + 1}", g.Workload, g.Score, measured?[i].GuestCpu, measured?[i].Guest) with { NetKbPerS = 400 * Math.Min(rate, 0.45) }),
        ]);
    }

    private static SimulatedDomainRow Domain(string scenario, int index, string domain, string? workload, double? score, double? cpu, DomainMeasures? measured) => new()
    {
        Scenario = scenario, Domain = domain, DomainIndex = index, Workload = workload, Score = score, CpuFraction = cpu * 1.03, CpuSource = "simulated",
        BlockFraction = measured?.BlockFraction * 0.9, WaitFraction = measured?.WaitFraction * 1.1,
    };

    private static IEnumerable<CalibrationResidualRow> Residuals(ReportTables lab) =>
        from run in lab.GuestScores.Where(s => s.Kind == "base").DistinctBy(s => s.Run)
        from domain in lab.DomainMetrics.Where(m => m.Run == run.Run && m.WindowS is not null)
        from value in new (string Name, double? Measured, double Tolerance, bool Fitted)[]
        {
            ("cpu_fraction", domain.CpuFraction, 0.02, true), ("executions_per_s", domain.ExecutionsPerS, 60, true), ("wait_fraction", domain.WaitFraction, 0.03, false),
        }
        let measured = value.Measured ?? double.NaN
        where double.IsFinite(measured)
        let residual = 1.4 * LabTables.Wobble(run.Run + domain.Domain + value.Name)
        select new CalibrationResidualRow
        {
            Run = run.Run, Campaign = run.Campaign, Workload = run.Workload, Domain = domain.Domain, Observable = value.Name, Measured = measured,
            Simulated = measured + (residual * value.Tolerance), Tolerance = value.Tolerance, Residual = residual, Fitted = value.Fitted,
        };
}
