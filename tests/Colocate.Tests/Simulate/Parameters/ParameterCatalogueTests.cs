using Colocate.Simulate.Calibration;
using Colocate.Simulate.Parameters;
using CsCheck;

namespace Colocate.Tests.Simulate.Parameters;

public sealed class ParameterCatalogueTests
{
    private static readonly Dictionary<string, string[]> s_endings = new()
    {
        ["us"] = ["_us"],
        ["1/s"] = ["_per_s", "_per_cpu_s"],
        ["1"] = ["_per_execution", "_per_switch", "_per_page", "_per_map", "_per_notification", "_per_request"],
        ["fraction"] = ["_fraction", "_share", "_spread"],
    };

    [Fact]
    public void Names_are_unique_and_end_with_their_unit()
    {
        Assert.Equal(ParameterCatalogue.All.Count, ParameterCatalogue.All.Select(p => p.Name).Distinct().Count());
        Assert.All(ParameterCatalogue.All, p => Assert.Contains(s_endings[p.Unit], e => p.Name.EndsWith(e, StringComparison.Ordinal)));
        Assert.All(ParameterCatalogue.All, p => Assert.True(p.Meaning.Length > 0 && p.Source.Length > 0, p.Name));
    }

    [Fact]
    public void Every_fitted_one_has_a_range_that_holds_its_start_and_that_files_may_hold()
    {
        ParameterDefinition[] fitted = [.. ParameterCatalogue.All.Where(p => p.IsFitted)];
        Assert.Equal(13, fitted.Length);
        Assert.All(fitted, p => Assert.True(p.Low > 0 && p.Low < p.Start && p.Start < p.High, p.Name));
        Assert.All(fitted, p => Assert.True(p.Least <= p.Low && p.High <= p.Most, p.Name));
        Assert.All(ParameterCatalogue.All, p => Assert.True(p.Start >= p.Least && p.Start <= p.Most, p.Name));
        Assert.All(ParameterCatalogue.All.Except(fitted), p => Assert.Null(p.High));
    }

    [Fact]
    public void A_faster_cpu_shortens_times_of_cpu_and_nothing_else()
    {
        string[] others = ["card_interrupt_us", "client_delay_us"];
        Assert.All(ParameterCatalogue.All, p => Assert.Equal(p.Unit == "us" && !others.Contains(p.Name), p.ScalesWithCpu));
        HostParameters scaled = CostScale.Apply(HostParameters.Start, FittedParameter.Catalogue, 0.5);
        Assert.All(ParameterCatalogue.All, p => Assert.Equal(p.ScalesWithCpu ? p.Start / 2 : p.Start, scaled[p]));
    }

    [Fact]
    public void Scaled_costs_stay_where_a_fit_may_search() =>
        Assert.All(ParameterCatalogue.All.Where(p => p.IsFitted && p.ScalesWithCpu), p =>
        {
            Assert.Equal(p.Low, CostScale.Apply(HostParameters.Start, FittedParameter.Catalogue, 1e-6)[p]);
            Assert.Equal(p.High, CostScale.Apply(HostParameters.Start, FittedParameter.Catalogue, 1e6)[p]);
        });

    [Fact]
    public void Equal_steps_of_the_unit_interval_are_equal_ratios()
    {
        FittedParameter p = new(ParameterCatalogue.Cold, 10, 1, 10_000);
        Assert.Equal([1, 10, 100, 1_000, 10_000], new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(u => Math.Round(p.FromUnit(u), 9)));
        Assert.Equal([0, 0.25, 1], new[] { 1.0, 10, 10_000 }.Select(v => Math.Round(p.ToUnit(v), 12)));
        Gen.Double[0, 1].Sample(u => Assert.Equal(u, p.ToUnit(p.FromUnit(u)), 1e-12), iter: 50);
    }

    [Fact]
    public void Changing_some_values_leaves_the_others_and_the_original_alone()
    {
        HostParameters changed = HostParameters.Start.With((ParameterCatalogue.Cold, 3), (ParameterCatalogue.Request, 4));
        Assert.All(ParameterCatalogue.All, p => Assert.Equal(p == ParameterCatalogue.Cold ? 3 : p == ParameterCatalogue.Request ? 4 : p.Start, changed[p]));
        Assert.All(ParameterCatalogue.All, p => Assert.Equal(p.Start, HostParameters.Start[p]));
        Assert.Equal(ParameterCatalogue.All.Select(p => (p.Name, changed[p], p.IsFitted)), ParameterRows.Of(changed, FittedParameter.Catalogue).Select(r => (r.Parameter, r.Value, r.Fitted)));
    }
}
