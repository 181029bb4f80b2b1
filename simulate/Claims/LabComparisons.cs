using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;

namespace Colocate.Simulate.Claims;

/// <summary>
/// Every quantity of every measured run beside its simulation. Tolerances are those of the calibration (<see cref="ObservableCatalogue"/>); for throughput and
/// scores they are not below one standard deviation of repeated runs, for nothing can be right to more than that.
/// </summary>
public static class LabComparisons
{
    private static readonly Observable s_throughput = ObservableCatalogue.All.Single(o => o.Name == "throughput_per_s");

    /// <summary>The comparisons, ordered by run, its whole before its domains.</summary>
    public static IReadOnlyList<LabComparison> Of(LabTables tables)
    {
        var of = new Comparing(tables);
        LabComparison[] simulated = [.. tables.SimulatedRuns.Where(r => r.LikeRun is not null).DistinctBy(r => r.LikeRun).SelectMany(of.Run)];
        HashSet<string> done = [.. simulated.Select(c => c.Run)];
        return
        [
            .. simulated.Concat(tables.Residuals.Where(r => !done.Contains(r.Run)).Select(of.Residual)).OrderBy(c => c.Run, WorkloadOrder.Instance),
        ];
    }

    private sealed class Comparing(LabTables tables)
    {
        private readonly ILookup<string, SimulatedDomainRow> _simulated = tables.SimulatedDomains.OrderBy(d => d.DomainIndex).ToLookup(d => d.Scenario);
        private readonly ILookup<string, RunDomainRow> _domains = tables.Measured.Domains.OrderBy(d => d.DomainIndex).ToLookup(d => d.Run);
        private readonly ILookup<string, DomainMetricsRow> _metrics = tables.Measured.DomainMetrics.ToLookup(d => d.Run);
        private readonly ILookup<string, ClientResultRow> _clients = tables.Measured.Clients.ToLookup(c => c.Run);
        private readonly ILookup<string, GuestScoreRow> _scores = tables.Scores.OrderBy(s => s.GuestIndex).ToLookup(s => s.Run);
        private readonly ILookup<string, HostMetricsRow> _hosts = tables.Measured.HostMetrics.ToLookup(h => h.Run);
        private readonly HashSet<string> _seen = [.. tables.Seen, .. tables.Residuals.Select(r => r.Run)];
        private readonly RepeatSpread _combined = new(tables.Scores, s => s.Combined, _ => "", tables.Measured.Domains), _scoreSpread = new(tables.Scores, s => s.Score, s => s.Domain, tables.Measured.Domains),
            _throughput = new(tables.Scores, s => s.ThroughputPerS, s => s.Domain, tables.Measured.Domains);

        internal IEnumerable<LabComparison> Run(SimulatedRunRow simulated)
        {
            string run = simulated.LikeRun!;
            GuestScoreRow[] scores = [.. _scores[run]];
            if (scores.FirstOrDefault()?.Combined is { } combined && simulated.Combined is { } together)
                yield return Compared(run, null, "combined", combined, together, Math.Max(s_throughput.Tolerance(combined), _combined.Of(run, "") * combined));
            SimulatedDomainRow[] domains = [.. _simulated[simulated.Scenario]];
            bool isFirst = true;
            foreach (SimulatedDomainRow guest in domains.Skip(1).Where(d => d.OfferedPerS is not null).DefaultIfEmpty(domains.ElementAtOrDefault(1)).OfType<SimulatedDomainRow>())
            {
                if (scores.FirstOrDefault(s => s.Domain == guest.Domain) is { Score: { } score } && guest.Score is { } half)
                    yield return Compared(run, guest.Domain, "score", score, half, Math.Max(s_throughput.Tolerance(score), _scoreSpread.Of(run, guest.Domain) * score));
                string? driver = _domains[run].FirstOrDefault(d => d.Role == "driver")?.Domain;
                ClientResultRow? client = _clients[run].FirstOrDefault(c => c.Domain == guest.Domain);
                var measured = new RunReading(
                    client?.ThroughputPerS, client?.ReplyMs, _metrics[run].FirstOrDefault(m => m.Domain == driver), _metrics[run].FirstOrDefault(m => m.Domain == guest.Domain), _hosts[run].FirstOrDefault());
                var reading = new RunReading(guest.ThroughputPerS, guest.ReplyMs, domains[0], guest, simulated);
                foreach (Observable observable in ObservableCatalogue.All.Where(o => isFirst || o.Of == ObservedPart.Guest))
                {
                    if (observable.Read(measured) is not { } value || observable.Read(reading) is not { } other)
                        continue;
                    string domain = observable.Of switch { ObservedPart.Host => "host", ObservedPart.Driver => driver ?? domains[0].Domain, _ => guest.Domain };
                    yield return Compared(run, domain, observable.Name, value, other, Allowed(observable, run, domain, value));
                }

                isFirst = false;
            }
        }

        internal LabComparison Residual(CalibrationResidualRow row) => Compared(
            row.Run, row.Domain, row.Observable, row.Measured, row.Simulated, row.Observable == s_throughput.Name ? Allowed(s_throughput, row.Run, row.Domain, row.Measured) : row.Tolerance);

        private double Allowed(Observable observable, string run, string domain, double measured) =>
            observable == s_throughput ? Math.Max(observable.Tolerance(measured), _throughput.Of(run, domain) * measured) : observable.Tolerance(measured);

        private LabComparison Compared(string run, string? domain, string quantity, double measured, double simulated, double tolerance) =>
            new(run, domain, quantity, _seen.Contains(run), PairOf(run), measured, simulated, tolerance);

        private WorkloadPair? PairOf(string run) =>
            _scores[run].ToArray() is [{ Kind: "pair", RateFraction: 1, Workload: var a }, { Workload: var b }] ? WorkloadPair.Of(a, b) : null;
    }
}
