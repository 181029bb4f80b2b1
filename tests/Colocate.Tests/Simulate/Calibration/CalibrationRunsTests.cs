using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using static Colocate.Tests.Simulate.Calibration.SyntheticLab;

namespace Colocate.Tests.Simulate.Calibration;

public sealed class CalibrationRunsTests
{
    [Fact]
    public void Pairs_and_sweeps_stay_unseen_whatever_else_the_lake_holds()
    {
        CalibrationTables tables = Lab(
            ("sweep", "sweep", [Small, Large]), ("solo", "solo", [Small]), ("pair", "pair", [Small, Large]), ("idle", "idle", [Idle, Idle]), ("base", "base", [Small]),
            ("three", "three", [Small, Small, Large]), ("weight", "weight", [Small, Small]), ("cap", "cap", [Small]), ("other", "other", [Small]), ("basevm2", "basevm2", [Idle, Small]), ("pair-half", "pair", [Small, Idle]));
        Assert.Equal(["base", "idle", "solo"], CalibrationRuns.From(tables).Select(r => r.Run));
    }

    [Fact]
    public void A_run_with_two_loaded_guests_is_left_out_even_when_it_is_called_a_base_run()
    {
        CalibrationTables tables = Lab(("a", "base", [Small, Large]), ("b", "base", [Idle, Large]), ("c", "solo", [Small, Small]));
        CalibrationRun only = Assert.Single(CalibrationRuns.From(tables));
        Assert.Equal(("b", "30KB", 1, "vm2"), (only.Run, only.Workload, only.Guest, only.NameOf(ObservedPart.Guest)));
    }

    [Fact]
    public void Runs_that_were_set_aside_or_that_cannot_be_simulated_are_left_out_lossy_ones_are_not()
    {
        CalibrationTables tables = Lab(("aside", "base", [Small]), ("lossy", "base", [Small]), ("ok", "base", [Small]), ("unknown", "base", [Small]));
        tables = tables with
        {
            Runs = [.. tables.Runs.Select(r => r.Run switch { "aside" => r with { Status = "set_aside" }, "lossy" => r with { Status = "lossy" }, "unknown" => r with { NicMbit = null }, _ => r })],
        };
        Assert.Equal(["lossy", "ok"], CalibrationRuns.From(tables).Select(r => r.Run));
    }

    /// <summary>As for measured scores: B is the throughput of saturated base runs.</summary>
    [Fact]
    public void A_base_run_that_was_not_saturated_is_a_solo_run()
    {
        CalibrationTables tables = Lab(("full", "base", [Small]), ("half", "base", [Small]));
        tables = tables with { Runs = [.. tables.Runs.Select(r => r.Run == "half" ? r with { RateFraction = 0.5 } : r)] };
        Assert.Equal([("full", "base"), ("half", "solo")], CalibrationRuns.From(tables).Select(r => (r.Run, r.Kind)));
    }

    [Fact]
    public void Each_reading_is_that_of_its_own_run_and_domain()
    {
        CalibrationTables tables = Lab(("a", "base", [Idle, Small]), ("b", "idle", [Idle]), ("c", "idle", []));
        tables = tables with
        {
            Clients = [new() { Run = "a", Domain = "vm2", ThroughputPerS = 50, ReplyMs = 7 }, new() { Run = "b", Domain = "vm2", ThroughputPerS = 99 }],
            DomainMetrics = [.. from run in new[] { "c", "b", "a" } from domain in new[] { "vm2", "vm1", "Domain-0" } select new DomainMetricsRow { Run = run, Domain = domain, MethodReason = run + domain }],
            HostMetrics = [new() { Run = "b", WindowS = 3, MethodReason = "of b" }, new() { Run = "a", WindowS = 2, MethodReason = "of a" }],
        };
        CalibrationRun[] runs = [.. CalibrationRuns.From(tables)];
        Assert.Equal(["avm2", "bvm1", null], runs.Select(r => r.Measured.Guest?.MethodReason));
        Assert.Equal(["aDomain-0", "bDomain-0", "cDomain-0"], runs.Select(r => r.Measured.Driver?.MethodReason));
        Assert.Equal(["of a", "of b", null], runs.Select(r => r.Measured.Host?.MethodReason));
        Assert.Equal([(50.0, 7.0), (null, null), (null, null)], runs.Select(r => (r.Measured.ThroughputPerS, r.Measured.ReplyMs)));
        Assert.Equal([(1, "1KB"), (0, "idle"), (-1, "idle")], runs.Select(r => (r.Guest, r.Workload)));
        Assert.Equal([2.0, 3.0, null], runs.Select(r => r.Scenario.WindowS));
        Assert.Equal(["host", "Domain-0", "guest"], new[] { ObservedPart.Host, ObservedPart.Driver, ObservedPart.Guest }.Select(runs[2].NameOf));
    }

    private static CalibrationTables Lab(params (string Id, string Kind, Load[] Loads)[] runs) => new()
    {
        Runs = [.. runs.Select(r => Run(r.Id) with { Kind = r.Kind })],
        Domains = [.. runs.SelectMany(r => r.Loads.Select((load, i) => Guest(r.Id, i + 1, load)).Prepend(Driver(r.Id)))],
        Clients = [],
        DomainMetrics = [],
        HostMetrics = [],
    };
}
