using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Cli.Report;

namespace Colocate.Tests.Report;

public sealed class ReportPageTests
{
    [Fact]
    public void The_same_tables_give_the_same_bytes_in_every_culture()
    {
        string page = TinyTables.Page(TinyTables.Lake);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(page, TinyTables.Page(TinyTables.Lake));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("a\" onload=\"x")]
    [InlineData("'&amp;<b>")]
    [InlineData("\u2028\u0000\uD800 名前 🦊")]
    public void Names_from_inputs_cannot_leave_the_place_they_are_put_in(string name)
    {
        ReportTables hostile = TinyTables.Lake with
        {
            Runs = [.. TinyTables.Lake.Runs.Select(r => r with { Run = name, Campaign = name, Status = name, Kind = name, Hypervisor = name })],
            RunDomains = [.. TinyTables.Lake.RunDomains.Select(d => d with { Domain = name + d.Domain, Workload = name })],
            InputFiles = [.. TinyTables.Lake.InputFiles.Select(f => f with { File = name, Role = name, Format = name, Sha256 = name })],
            Diagnostics = [.. TinyTables.Lake.Diagnostics.Select(d => d with { Run = name, File = name, Code = name, Severity = name, Sentence = name, Detail = name, Remedy = name })],
            BaseCases = [.. TinyTables.Lake.BaseCases.Select(b => b with { Campaign = name, Workload = name + b.Workload, Rule = name })],
            GuestScores = [.. TinyTables.Lake.GuestScores.Select(s => s with { Run = name + s.Run, Campaign = name, Domain = name, Workload = name + s.Workload })],
            PairScores = [.. TinyTables.Lake.PairScores.Select(p => p with { WorkloadA = name + p.WorkloadA, WorkloadB = name + p.WorkloadB })],
            Predictions = [.. TinyTables.Lake.Predictions.Select(p => p with { WorkloadA = name, WorkloadB = name, Trainer = name })],
            Evaluations = [.. TinyTables.Lake.Evaluations.Select(e => e with { Protocol = name, ModelKind = name })],
            EvaluationPairs = [.. TinyTables.Lake.EvaluationPairs.Select(e => e with { Protocol = name, HeldOut = name, WorkloadA = name + "1", WorkloadB = name + "2", Chosen = name })],
            SimulatedRuns = [.. TinyTables.Lake.SimulatedRuns.Select(s => s with { Scenario = name + s.Scenario, LikeRun = s.LikeRun is null ? null : name + s.LikeRun })],
            SimulatedDomains = [.. TinyTables.Lake.SimulatedDomains.Select(d => d with { Scenario = name + d.Scenario, Domain = name, Workload = d.Workload is null or "idle" ? d.Workload : name + d.Workload })],
            Claims = [.. TinyTables.Lake.Claims.Select(c => c with { Claim = name, Subject = name, Role = name, Statement = name, Target = name, Tolerance = name, Unit = name, Verdict = name, Reason = name, Command = name })],
            CalibrationParameters = [.. TinyTables.Lake.CalibrationParameters.Select(p => p with { Parameter = name, Meaning = name, ParameterUnit = name, Source = name })],
            CalibrationResiduals = [.. TinyTables.Lake.CalibrationResiduals.Select(r => r with { Run = name, Campaign = name, Workload = name, Domain = name, Observable = name })],
            CalibrationEigen = [.. TinyTables.Lake.CalibrationEigen.Select(r => r with { Parameter = name + r.Parameter })],
            CalibrationProfiles = [.. TinyTables.Lake.CalibrationProfiles.Select(r => r with { Parameter = name + r.Parameter, ParameterUnit = name })],
        };
        // An input may change what stands between tags and inside quotes, but never bring a tag or an attribute of its own.
        Assert.Subset(Tags(TinyTables.Page(TinyTables.Lake)), Tags(TinyTables.Page(hostile)));
    }

    [Fact]
    public void Nothing_is_loaded_from_outside()
    {
        string page = WithoutPlotly(TinyTables.Page(TinyTables.Lake));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("<(link|img|iframe|object|embed)\\b|\\bsrc=|url\\(|@import"), page);
        Assert.All(Regex.Matches(page, "href=\"([^\"]*)").Select(m => m.Groups[1].Value), href => Assert.Matches("^(#[a-z-]+|data:text/csv;.*)$", href));
    }

    [Fact]
    public void An_empty_lake_gives_a_page_of_reasons_without_an_empty_box()
    {
        string page = TinyTables.Page(new ReportTables());
        Assert.DoesNotContain("class=\"chart\"", page, StringComparison.Ordinal);
        foreach (IFigure figure in FigureCatalogue.All)
            Assert.Contains(Html.Encode(figure.Draw(new ReportTables()).Finding), page, StringComparison.Ordinal);
    }

    [Fact]
    public void Provenance_names_version_command_and_fingerprints()
    {
        string page = TinyTables.Page(TinyTables.Lake);
        Assert.Contains("By Colocate 0.1.0", page, StringComparison.Ordinal);
        Assert.Contains("<code class=\"command\">colocate report --lake lake --out report.html</code>", page, StringComparison.Ordinal);
        Assert.Contains("<code>abc123</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notices_of_third_party_code_travel_with_it()
    {
        Assert.Contains("Copyright", PlotlyScript.Notices, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Html.Encode(PlotlyScript.Notices[..60]), TinyTables.Page(TinyTables.Lake), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_unique_in_the_page()
    {
        string[] ids = [.. Regex.Matches(WithoutPlotly(TinyTables.Page(TinyTables.Lake)), " id=\"([^\"]*)\"").Select(m => m.Groups[1].Value)];
        Assert.Equal(ids.Distinct(), ids);
    }

    private static HashSet<string> Tags(string page) =>
        [.. Regex.Matches(WithoutPlotly(page), "<[^>]*>").Select(m => Regex.Replace(m.Value, "\"[^\"]*\"", "\"\""))];

    private static string WithoutPlotly(string page) => page.Replace(PlotlyScript.Source, "", StringComparison.Ordinal);
}
