using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Cli.Report;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

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
    [InlineData("\u001B[2J\u001B]0;x\u0007\u009B31m\u202Etxt")]
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
            TraceEvents = [.. TinyTables.Lake.TraceEvents.Select(e => e with { Run = name, EventClass = name, Event = e.Event is null ? null : name })],
            FeatureContributions = [.. TinyTables.Lake.FeatureContributions.Select(c => c with { Trainer = name, Feature = name + c.Feature, Definition = name })],
            Claims = [.. TinyTables.Lake.Claims.Select(c => c with { Claim = name, Subject = name, Role = name, Statement = name, Target = name, Tolerance = name, Unit = name, Verdict = name, Reason = name, Command = name })],
            CalibrationParameters = [.. TinyTables.Lake.CalibrationParameters.Select(p => p with { Parameter = name, Meaning = name, ParameterUnit = name, Source = name })],
            CalibrationResiduals = [.. TinyTables.Lake.CalibrationResiduals.Select(r => r with { Run = name, Campaign = name, Workload = name, Domain = name, Observable = name })],
            CalibrationEigen = [.. TinyTables.Lake.CalibrationEigen.Select(r => r with { Parameter = name + r.Parameter })],
            CalibrationProfiles = [.. TinyTables.Lake.CalibrationProfiles.Select(r => r with { Parameter = name + r.Parameter, ParameterUnit = name })],
        };
        Assert.DoesNotContain(WithoutPlotly(TinyTables.Page(hostile)), c => char.IsControl(c) && c != '\n');
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
            Assert.Contains(Html.Sentence(figure.Draw(new ReportTables()).Finding), page, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_runs_make_a_page_below_8_MB_that_says_what_it_leaves_out()
    {
        const int Runs = 10_000;
        string[] workloads = [.. Enumerable.Range(0, 60).Select(i => $"{i}KB")];
        GuestScoreRow Score(int run, int guest) => new()
        {
            Run = $"run-{run}", Campaign = "c", Kind = "pair", RateFraction = 1, GuestIndex = guest, Domain = $"vm{guest + 1}", Workload = workloads[(run / (guest == 0 ? 1 : 60)) % 60],
            ThroughputPerS = 50 + (run % 7), BasePerS = 100, Score = 0.5, Combined = 1 + (run % 13 / 100.0),
        };
        ReportTables tables = new()
        {
            Runs = [.. Enumerable.Range(0, Runs).Select(i => new RunRow { Run = $"run-{i}", Campaign = "c", Kind = "pair", RateFraction = 1, Status = "ok", LoadS = 20, Pcpus = 1 })],
            InputFiles = [.. Enumerable.Range(0, Runs).Select(i => new InputFileRow { Run = $"run-{i}", File = $"runs/run-{i}/xentrace.bin.zst", Role = "trace", Format = "xentrace", Status = "ok", Sha256 = new string('a', 64), Bytes = 1 })],
            RunDomains = [.. Enumerable.Range(0, Runs).Select(i => new RunDomainRow { Run = $"run-{i}", Campaign = "c", Domain = "vm1", Role = "guest", Workload = workloads[i % 60] })],
            DomainMetrics = [.. Enumerable.Range(0, Runs).Select(i => new DomainMetricsRow { Run = $"run-{i}", Domain = "vm1", CpuFraction = 0.3 + (i % 9 / 100.0), CpuSource = "trace" })],
            XentopSamples = [.. Enumerable.Range(0, Runs).Select(i => new XentopSampleRow { Run = $"run-{i}", Domain = "vm1", CpuFraction = 0.3, InLoadWindow = true })],
            HostMetrics = [.. Enumerable.Range(0, Runs).Select(i => new HostMetricsRow { Run = $"run-{i}", WindowS = 14, CpuFraction = 0.9, IdleFraction = 0.1 })],
            DomainIntervals = [.. Enumerable.Range(0, Runs * 4).Select(i => new DomainIntervalRow { Run = $"run-{i / 4}", Domain = "vm1", IntervalIndex = i % 4, WindowS = 1, CpuFraction = 0.3 + (i % 5 / 100.0) })],
            GuestScores = [.. Enumerable.Range(0, Runs).SelectMany(i => new[] { Score(i, 0), Score(i, 1) })],
            PairScores = [.. WorkloadPair.All(workloads).Select(p => new PairScoreRow { WorkloadA = p.A, WorkloadB = p.B, Runs = 5, ScoreAMean = 0.5, ScoreBMean = 0.5, CombinedMean = 1, CombinedSd = 0.02 })],
            CalibrationResiduals = [.. Enumerable.Range(0, Runs).Select(i => new CalibrationResidualRow { Run = $"run-{i}", Campaign = "c", Workload = workloads[i % 60], Domain = "vm1", Observable = "cpu_fraction", Residual = i % 11, Fitted = true })],
            Claims = [.. Enumerable.Range(0, Runs).Select(i => new ClaimRow { Claim = $"run-{i}/combined", Source = "lab", Role = "validate", Verdict = i == Runs - 1 ? "fail" : "pass", Statement = "combined of the run is as measured", Command = $"colocate simulate --like run-{i}" })],
        };
        string page = TinyTables.Page(tables).Replace("&#x202F;", " ", StringComparison.Ordinal).Replace('\u202F', ' ');
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(page), 4_000_000, 8_000_000);
        Assert.Contains("Drawn are the 800 readings furthest apart; the other 9 200 stand in the numbers alone.", page, StringComparison.Ordinal);
        Assert.Contains("10 000 rows, the first 400 shown", page, StringComparison.Ordinal);
        Assert.Contains("run-9999/combined", page, StringComparison.Ordinal);
        Assert.Matches("the first [0-9]+ of 10 000 rows; <code>colocate export</code>", page);
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
