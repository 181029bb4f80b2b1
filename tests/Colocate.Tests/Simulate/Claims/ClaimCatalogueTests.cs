using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Simulate.Claims;

namespace Colocate.Tests.Simulate.Claims;

public sealed partial class ClaimCatalogueTests
{
    private static readonly IReadOnlyList<ClaimResult> s_results = ClaimCatalogue.Judge(new PaperHosts());

    /// <summary>What the paper itself does not keep: misprints of Table II (1 and 30 KB), 6 % of headers at 1 KB.</summary>
    private static readonly Dictionary<string, ClaimVerdict> s_exceptions = new()
    {
        ["B11"] = ClaimVerdict.Fail, ["B12"] = ClaimVerdict.Fail, ["F505"] = ClaimVerdict.Near, ["F429"] = ClaimVerdict.NotTested, ["R01"] = ClaimVerdict.NotTested,
    };

    public static TheoryData<string> Ids => [.. PaperFiles.Claims.Select(c => c.Id)];

    /// <summary>Claims that follow from what is simulated.</summary>
    public static TheoryData<string> Simulated => [.. ClaimCatalogue.All.Where(c => c.Needs.Count > 0).Select(c => c.Statement.Id)];

    [Fact]
    public void The_catalogue_holds_every_claim_of_the_file_once_and_in_its_order()
    {
        Assert.Equal(87, ClaimCatalogue.All.Count);
        Assert.Equal(PaperFiles.Claims.Select(c => c.Id), ClaimCatalogue.All.Select(c => c.Statement.Id));
    }

    [Fact]
    public void Roles_are_as_many_as_in_the_file()
    {
        (ClaimRole, int)[] expected = [(ClaimRole.Config, 8), (ClaimRole.Identity, 6), (ClaimRole.Calibrate, 21), (ClaimRole.Validate, 50), (ClaimRole.None, 2)];
        Assert.Equal(expected, ClaimCatalogue.All.GroupBy(c => c.Statement.Role).OrderBy(g => g.Key).Select(g => (g.Key, g.Count())));
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_host_that_does_what_the_paper_says_passes(string id)
    {
        ClaimResult result = s_results.Single(r => r.Claim.Statement.Id == id);
        Assert.True(s_exceptions.GetValueOrDefault(id, ClaimVerdict.Pass) == result.Verdict, $"{id}: {result.Verdict}, {result.Value}, {result.Reason}");
        Assert.Equal(result.Verdict == ClaimVerdict.Pass, result.Reason is null);
        Assert.Equal(result.Verdict == ClaimVerdict.NotTested, result.Value is null);
    }

    /// <summary>Every guest, pair and rate alike: nothing that tells them apart may pass, nor any figure.</summary>
    [Theory, MemberData(nameof(Simulated))]
    public void A_host_on_which_everything_is_alike_does_not_pass(string id)
    {
        ClaimReading same = new PaperHosts().Evidence([ClaimExperiment.Pair(1, 50)]).Pair(1, 50);
        GuestReading guest = same.Guests[0] with { ThroughputPerS = 5e4, NetKbPerS = 1e5, BlockFraction = 0.2, CpuFraction = 0.2 };
        same = same with { CpuFraction = 0.8, PagesPerS = 1e5, Driver = same.Driver with { CpuFraction = 0.5, BlockFraction = 0.5, WaitFraction = 0.5 }, Guests = [guest, guest] };
        var host = new PaperHosts { Change = (_, _) => same };
        ClaimResult result = ClaimCatalogue.All.Single(c => c.Statement.Id == id).Judge(host.Evidence(ClaimCatalogue.Experiments));
        // Flat is what these claims say.
        if (id is "F506")
            Assert.Equal(ClaimVerdict.Pass, result.Verdict);
        else
            Assert.NotEqual(ClaimVerdict.Pass, result.Verdict);
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_claim_reads_nothing_but_the_experiments_it_names(string id)
    {
        Claim claim = ClaimCatalogue.All.Single(c => c.Statement.Id == id);
        ClaimResult alone = claim.Judge(new PaperHosts().Evidence(claim.Needs));
        Assert.Equal(s_results.Single(r => r.Claim.Statement.Id == id).Verdict, alone.Verdict);
        Assert.Equal(claim.Needs.Count, claim.Needs.Distinct().Count());
    }

    [Fact]
    public void Experiments_are_the_base_cases_three_sweeps_and_the_pairs_that_the_text_names()
    {
        Assert.Equal(7 + 30 + 4, ClaimCatalogue.Experiments.Count);
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], ClaimCatalogue.Experiments.Where(e => e is { WorkloadKb: 1, OtherKb: 1 }).Select(e => e.RatePercent).Order());
    }

    /// <summary>The numbers of the code are those of the file.</summary>
    [Theory, MemberData(nameof(Ids))]
    public void Tolerances_are_those_of_the_file(string id)
    {
        Claim claim = ClaimCatalogue.All.Single(c => c.Statement.Id == id);
        string text = claim.Statement.Tolerance;
        ValueTest[] values = [.. claim.Tests.OfType<ValueTest>()];
        double[] inCode = [.. values.SelectMany(t => new[] { t.Tolerance.Below, t.Tolerance.Above }.Select(side => t.Tolerance.IsRelative ? 100 * side : side)).Where(side => side > 0).Distinct()];
        if (text.Contains("Spearman", StringComparison.Ordinal))
        {
            Assert.Equal(Numbers(text)[0], Assert.Single(claim.Tests.OfType<RankTest>()).Least);
            return;
        }

        if (text is "exact" or "order exact")
        {
            Assert.Empty(inCode);
            return;
        }

        if (text.Length == 0 || claim.Statement.Role == ClaimRole.None)
            return;
        double[] inFile = [.. Numbers(text.Replace("all 7", "", StringComparison.Ordinal).Replace("60..100", "", StringComparison.Ordinal)).Select(Math.Abs).Distinct()];
        Assert.Equal(inFile.Order(), inCode.Select(n => Math.Round(n, 9)).Order());
    }

    /// <summary>Single targets of the code are those of the file.</summary>
    [Theory, MemberData(nameof(Ids))]
    public void Targets_are_those_of_the_file(string id)
    {
        Claim claim = ClaimCatalogue.All.Single(c => c.Statement.Id == id);
        if (claim.Statement.Role is ClaimRole.Identity or ClaimRole.None || id is "S03" or "S05" or "F411" || claim.Tests.OfType<ValueTest>().FirstOrDefault() is not { } test || Numbers(claim.Statement.Value) is not [var first, ..] all)
            return;
        double[] inCode = [.. new[] { test.Target.Low, test.Target.High }.Where(double.IsFinite).Distinct()];
        Assert.Equal(claim.Statement.Operator == "range" ? all : [first], inCode);
    }

    private static double[] Numbers(string text) => [.. Number().Matches(text.Replace("..", " ", StringComparison.Ordinal)).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
